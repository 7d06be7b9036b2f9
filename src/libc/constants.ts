// Address families (include/linux/socket.h).
export const AF_UNSPEC = 0
export const AF_UNIX = 1
export const AF_INET = 2
export const AF_INET6 = 10
export const AF_NETLINK = 16
export const AF_PACKET = 17

// Socket types and their flags (include/linux/net.h).
export const SOCK_STREAM = 1
export const SOCK_DGRAM = 2
export const SOCK_RAW = 3
export const SOCK_NONBLOCK = 0o4000
export const SOCK_CLOEXEC = 0o2000000

// Protocols of AF_INET and AF_INET6 (uapi/linux/in.h, in6.h).
export const IPPROTO_IP = 0
export const IPPROTO_ICMP = 1
export const IPPROTO_TCP = 6
export const IPPROTO_UDP = 17
export const IPPROTO_IPV6 = 41
export const IPPROTO_ICMPV6 = 58
export const IPPROTO_RAW = 255

// Protocols of AF_NETLINK (uapi/linux/netlink.h).
export const NETLINK_ROUTE = 0
export const NETLINK_SOCK_DIAG = 4
export const NETLINK_XFRM = 6
export const NETLINK_NETFILTER = 12
export const NETLINK_KOBJECT_UEVENT = 15
export const NETLINK_GENERIC = 16

// Levels of setsockopt(2).
export const SOL_SOCKET = 1
export const SOL_IP = 0
export const SOL_IPV6 = 41
export const SOL_ICMPV6 = 58
export const SOL_RAW = 255
export const SOL_NETLINK = 270

// Options of SOL_SOCKET (uapi/asm-generic/socket.h).
export const SO_TYPE = 3
export const SO_ERROR = 4
export const SO_DONTROUTE = 5
export const SO_BROADCAST = 6
export const SO_SNDBUF = 7
export const SO_RCVBUF = 8
export const SO_BINDTODEVICE = 25
export const SO_ATTACH_FILTER = 26
export const SO_SNDBUFFORCE = 32
export const SO_RCVBUFFORCE = 33
export const SO_MARK = 36
export const SO_PROTOCOL = 38
export const SO_DOMAIN = 39

// Options of SOL_NETLINK (uapi/linux/netlink.h).
export const NETLINK_ADD_MEMBERSHIP = 1
export const NETLINK_DROP_MEMBERSHIP = 2
export const NETLINK_PKTINFO = 3
export const NETLINK_BROADCAST_ERROR = 4
export const NETLINK_NO_ENOBUFS = 5
export const NETLINK_LISTEN_ALL_NSID = 8
export const NETLINK_LIST_MEMBERSHIPS = 9
export const NETLINK_CAP_ACK = 10
export const NETLINK_EXT_ACK = 11
export const NETLINK_GET_STRICT_CHK = 12

// Options of SOL_IP, SOL_IPV6, SOL_ICMPV6 and SOL_RAW that an ICMP echo needs (uapi/linux/in.h, in6.h, icmp.h, icmpv6.h).
export const IP_TOS = 1
export const IP_TTL = 2
export const IP_MTU_DISCOVER = 10
export const IP_RECVTTL = 12
export const IP_MULTICAST_LOOP = 34
export const IPV6_UNICAST_HOPS = 16
export const IPV6_MULTICAST_LOOP = 19
export const IPV6_MTU_DISCOVER = 23
export const IPV6_RECVHOPLIMIT = 51
export const IPV6_HOPLIMIT = 52
export const IPV6_TCLASS = 67
export const ICMP_FILTER = 1
export const ICMPV6_FILTER = 1

// Flags of send(2) and recv(2) (include/linux/socket.h).
export const MSG_PEEK = 0x2
export const MSG_CTRUNC = 0x8
export const MSG_TRUNC = 0x20
export const MSG_DONTWAIT = 0x40
export const MSG_ERRQUEUE = 0x2000
export const MSG_NOSIGNAL = 0x4000

// Namespaces (uapi/linux/sched.h).
export const CLONE_NEWTIME = 0x80
export const CLONE_NEWNS = 0x20000
export const CLONE_NEWCGROUP = 0x2000000
export const CLONE_NEWUTS = 0x4000000
export const CLONE_NEWIPC = 0x8000000
export const CLONE_NEWUSER = 0x10000000
export const CLONE_NEWPID = 0x20000000
export const CLONE_NEWNET = 0x40000000

// Flags of mount(2) and umount2(2) (uapi/linux/mount.h, include/linux/fs.h).
export const MS_RDONLY = 0x1
export const MS_NOSUID = 0x2
export const MS_NODEV = 0x4
export const MS_NOEXEC = 0x8
export const MS_REMOUNT = 0x20
export const MS_BIND = 0x1000
export const MS_MOVE = 0x2000
export const MS_REC = 0x4000
export const MS_PRIVATE = 0x40000
export const MS_SLAVE = 0x80000
export const MS_SHARED = 0x100000
export const MNT_FORCE = 0x1
export const MNT_DETACH = 0x2
export const UMOUNT_NOFOLLOW = 0x8

// Descriptor and file status flags of fcntl(2) (uapi/asm-generic/fcntl.h).
export const F_GETFD = 1
export const F_SETFD = 2
export const F_GETFL = 3
export const F_SETFL = 4
export const F_DUPFD_CLOEXEC = 1030
export const FD_CLOEXEC = 1
export const O_NONBLOCK = 0o4000

// Signals whose disposition survives an exec from node, and dispositions (uapi/asm-generic/signal.h).
export const SIGPIPE = 13
export const SIGXFSZ = 25
export const SIG_DFL = 0
export const SIG_IGN = 1

// Operations of flock(2) (uapi/asm-generic/fcntl.h).
export const LOCK_EX = 2
export const LOCK_NB = 4
export const LOCK_UN = 8
