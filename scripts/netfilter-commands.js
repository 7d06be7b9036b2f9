// What nft, iptables-nft and conntrack say to the kernel, by topic `<tool>/<topic>`; see fixture-commands.js for the form.

const iptables = `
! ip link add br0 type bridge
`

export const netfilterTopics = {
  // The rules of container networking as people write them, and how they are taken back.
  'iptables/nat': `${iptables}
iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -o eth0 -j MASQUERADE
iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE
iptables -t nat -I POSTROUTING -s 10.0.0.0/24 ! -o br0 -j MASQUERADE
iptables -t nat -A POSTROUTING -s 10.100.0.1/16 ! -o br00 -j MASQUERADE
iptables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 192.168.15.1:80
iptables -t nat -A PREROUTING -d 10.2.0.1 -j DNAT --to-destination 192.168.15.1
iptables -t nat -A OUTPUT -p udp --dport 53 -j REDIRECT --to-ports 5353
iptables -t nat -A POSTROUTING -o eth1 -j SNAT --to-source 10.2.0.1
iptables -t nat -C POSTROUTING -s 192.168.15.0/24 -j MASQUERADE
iptables -t nat -R POSTROUTING 1 -s 10.0.1.0/24 ! -o br0 -j MASQUERADE
iptables -t nat -I POSTROUTING 2 -s 10.0.2.0/24 -j MASQUERADE
iptables-save
iptables -t nat -D POSTROUTING -s 192.168.15.0/24 -j MASQUERADE
iptables -t nat -D POSTROUTING 1
iptables -t nat -Z POSTROUTING
iptables -t nat -F POSTROUTING
iptables -t nat -F
`,
  'iptables/filter': `
iptables -A FORWARD -i br0 -o eth0 -j ACCEPT
iptables -A FORWARD -p tcp -d 192.168.15.1 --dport 80 -m state --state NEW,ESTABLISHED,RELATED -j ACCEPT
iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A INPUT -p tcp -m multiport --dports 22,80,443 -j ACCEPT
iptables -A INPUT -p icmp --icmp-type echo-request -m limit --limit 5/second -j ACCEPT
iptables -A INPUT ! -p tcp -s 10.0.0.0/25 -m comment --comment "not tcp" -j REJECT
iptables -A INPUT -p udp --sport 1024:2048 -m mark --mark 0x1/0xff -j LOG --log-prefix "udp: "
iptables -A INPUT -m addrtype --dst-type LOCAL -j RETURN
iptables -N DOCKER
iptables -A FORWARD -i veth+ -j DOCKER
iptables -A FORWARD -g DOCKER
iptables -P FORWARD DROP
iptables -E DOCKER CONTAINERS
iptables -L -n -v
iptables -S FORWARD
iptables -F
iptables -X CONTAINERS
iptables -P FORWARD ACCEPT
`,
  'iptables/mangle': `
iptables -t mangle -A PREROUTING -p tcp --tcp-flags SYN,RST SYN -j TTL --ttl-set 64
iptables -t mangle -A POSTROUTING -o eth0 -j MARK --set-mark 0x7
iptables -t raw -A PREROUTING -p udp --dport 53 -j NOTRACK
iptables -X
iptables -t mangle -X
`,
  'iptables/refused': `
! iptables -N DOCKER
! iptables -A FORWARD -j DOCKER
iptables -N DOCKER
iptables -X DOCKER
iptables -t nat -A PREROUTING -j MASQUERADE
iptables -A FORWARD -j NOSUCH
iptables -D FORWARD 7
`,
  'nft/tables': `
nft add table ip t
nft add table inet t { comment \\"of both families\\" \\; }
nft create table ip t
nft add table ip d { flags dormant \\; }
nft add chain ip t post { type nat hook postrouting priority srcnat \\; policy accept \\; }
nft add chain ip t pre { type nat hook prerouting priority -110 \\; }
nft add chain inet t forward { type filter hook forward priority filter \\; policy drop \\; comment \\"careful\\" \\; }
nft add chain inet t mine
nft add chain arp x y
nft add table arp a
nft add chain arp a in { type filter hook input priority 0 \\; }
nft add table netdev n
nft add chain netdev n lo { type filter hook ingress device lo priority 0 \\; }
nft add table bridge b
nft add chain bridge b f { type filter hook forward priority -200 \\; }
nft list ruleset
nft -j list ruleset
nft rename chain inet t mine yours
nft delete chain inet t yours
nft delete table ip d
nft delete table ip nosuch
nft flush ruleset
`,
  'nft/nat': `
! nft add table ip t
! nft add chain ip t post { type nat hook postrouting priority 100 \\; }
! nft add chain ip t pre { type nat hook prerouting priority -100 \\; }
nft add rule ip t post ip saddr 192.168.15.0/24 oifname != "br0" counter masquerade comment \\"container\\"
nft add rule ip t post oifname eth0 tcp sport 80 masquerade to :1024-2048 random
nft add rule ip t post ip saddr 10.0.0.1 snat to 192.0.2.1
nft add rule ip t post tcp dport 80 snat to 192.0.2.1-192.0.2.9:4000-5000 persistent
nft add rule ip t pre tcp dport 8080 dnat to 192.168.15.1:80
nft add rule ip t pre ip daddr 10.2.0.1 dnat to 192.168.15.1
nft add rule ip t pre udp dport 53 redirect to :5353
nft insert rule ip t pre counter packets 7 bytes 700
nft --echo --handle add rule ip t pre tcp dport 81 redirect
nft -a list table ip t
nft replace rule ip t pre handle 8 tcp dport 82 redirect
nft delete rule ip t pre handle 9
nft flush chain ip t pre
`,
  'nft/expressions': `
! nft add table inet t
! nft add chain inet t c { type filter hook input priority 0 \\; }
! nft add chain inet t other
nft add rule inet t c ct state established,related accept
nft add rule inet t c ct state vmap { invalid : drop, new : jump other }
nft add rule inet t c ct mark set 7 ct direction original
nft add rule inet t c meta mark and 0xff == 1 meta l4proto udp drop
nft add rule inet t c meta mark set 0x10
nft add rule inet t c ip saddr != 10.0.0.0/9 return
nft add rule inet t c ip6 daddr fd00::/60 ip6 saddr fd01::/64 drop
nft add rule inet t c tcp dport 1000-2000 tcp flags syn / syn,rst goto other
nft add rule inet t c tcp dport != 5-7 meta skuid 0
nft add rule inet t c tcp dport { 22, 80, 443 } limit rate over 10/second burst 20 packets log prefix \\"many: \\" level warn
nft add rule inet t c ip saddr { 10.0.0.1, 10.0.1.0/24, 10.0.2.1-10.0.2.9 } log group 5 snaplen 64
nft add rule inet t c limit rate 5 mbytes/second burst 64 kbytes reject
nft add rule inet t c ip protocol tcp reject with tcp reset
nft add rule inet t c ip6 nexthdr icmpv6 reject with icmpv6 type admin-prohibited
nft add rule inet t c fib daddr type local accept
nft add rule inet t c fib saddr . iif oif missing drop
nft add rule inet t c ip ttl 64 ip length 100-200 meta pkttype broadcast
nft add rule inet t c icmp type echo-request ether saddr 02:00:00:00:00:01
nft add rule inet t c numgen inc mod 2 == 0 meta nftrace set 1
nft add rule inet t c rt classid 5 ct count over 20 quota over 5 mbytes
nft add rule inet t c tcp option maxseg size set 1400 ip dscp set cs1
nft list ruleset
`,
  'nft/sets': `
! nft add table inet t
! nft add chain inet t c
nft add set inet t ports { type inet_service \\; comment \\"ours\\" \\; }
nft add element inet t ports { 22, 80, 443 }
nft create element inet t ports { 22 }
nft delete element inet t ports { 443 }
nft add set inet t nets { type ipv4_addr \\; flags interval,timeout \\; timeout 1h \\; auto-merge \\; }
nft add element inet t nets { 10.0.0.0/24, 10.1.0.1-10.1.0.9 timeout 30m, 192.0.2.1 comment \\"one\\" }
nft add set inet t pairs { type ipv4_addr . inet_service \\; flags interval \\; size 100 \\; }
nft add element inet t pairs { 10.0.0.0/24 . 80-90 }
nft add map inet t verdicts { type inet_service : verdict \\; }
nft add element inet t verdicts { 22 : accept, 23 : goto c }
nft add map inet t targets { type inet_service : ipv4_addr \\; }
nft add element inet t targets { 80 : 10.0.0.1 }
nft add set inet t seen { type ipv4_addr \\; flags dynamic \\; timeout 1m \\; }
nft add rule inet t c add @seen { ip saddr limit rate 1/second } accept
nft add rule inet t c tcp dport @ports ip saddr @nets accept
nft add rule inet t c tcp dport vmap @verdicts
nft add counter inet t hits
nft add quota inet t much { over 1000 mbytes \\; }
nft add limit inet t slow { rate 10/minute \\; }
nft add ct helper inet t ftp { type \\"ftp\\" protocol tcp \\; }
nft add rule inet t c counter name hits quota name \\"much\\" limit name \\"slow\\"
nft list ruleset
nft reset counters
nft get element inet t nets { 10.0.0.7 }
nft flush set inet t ports
nft delete rule inet t c handle 99
nft delete set inet t ports
`,
  'nft/monitor': `
& nft monitor
! nft add table ip t
! nft add chain ip t c { type filter hook input priority 0 \\; }
! nft add rule ip t c meta l4proto icmp meta nftrace set 1 counter accept
! nft add set ip t s { type ipv4_addr \\; }
! nft add element ip t s { 10.0.0.1 }
! ping -c 1 -W 1 127.0.0.1
! nft delete rule ip t c handle 2
! nft delete table ip t
`,
  'conntrack/list': `
! sh -c "echo 1 > /proc/sys/net/netfilter/nf_conntrack_acct; echo 1 > /proc/sys/net/netfilter/nf_conntrack_timestamp"
! nft add table ip t
! nft add chain ip t out { type nat hook output priority -100 \\; }
! nft add chain ip t post { type nat hook postrouting priority 100 \\; }
! nft add rule ip t out tcp dport 8080 dnat to 127.0.0.1:9000
! nft add rule ip t post ip saddr 127.0.0.5 snat to 127.0.0.1
! nft add rule ip t out ct mark set 7
! ping -c 1 -W 1 127.0.0.1
! ping -6 -c 1 -W 1 ::1
! sh -c "python3 -m http.server -b 127.0.0.1 9000 >/dev/null 2>&1 & echo \\$! >/run/server; sleep 1"
! python3 -c "import socket; s = socket.create_connection(('127.0.0.1', 8080)); s.sendall(b'GET / HTTP/1.0\\r\\n\\r\\n'); s.recv(9)"
! python3 -c "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.5', 0)); s.sendto(b'x', ('127.0.0.1', 53))"
! sh -c "kill \\$(cat /run/server)"
conntrack -L
conntrack -L --dst-nat
conntrack -L -p udp -o extended,ktimestamp
conntrack -S
conntrack -C
conntrack -I -s 10.0.0.1 -d 10.0.0.2 -p tcp --sport 1000 --dport 80 --state ESTABLISHED -t 100
conntrack -G -s 10.0.0.1 -d 10.0.0.2 -p tcp --sport 1000 --dport 80
conntrack -D -s 10.0.0.1 -d 10.0.0.2 -p tcp --sport 1000 --dport 80
conntrack -D -p icmp
conntrack -G -s 10.0.0.1 -d 10.0.0.2 -p tcp --sport 1000 --dport 80
conntrack -F
conntrack -L
`,
  'conntrack/events': `
! nft add table inet t
! nft add chain inet t in { type filter hook input priority 0 \\; }
! nft add rule inet t in ct state invalid drop
& conntrack -E -o ktimestamp
! ping -c 1 -W 1 127.0.0.1
! conntrack -I -s 10.0.0.1 -d 10.0.0.2 -p tcp --sport 1000 --dport 80 --state ESTABLISHED -t 100
! conntrack -F
`,
}
