// The commands whose conversation with the kernel is kept under fixtures/, by topic `<object>/<topic>`.
//
// One command a line. `! ` marks setup (run, not captured), `& ` a monitor captured in the background while the rest of
// the topic runs, `#` a remark. Every topic starts in an empty world with `lo` up. A command that a kernel refuses is
// kept as well: the request is still the real one, and so is the refusal.
//
// A topic that starts with `@second-kernel` is refused outside User-Mode Linux.

import { netfilterTopics } from './netfilter-commands.js'

const pair = `
! ip link add v0 type veth peer name v1
! ip link set v0 up
! ip link set v1 up
`

const uplink = `
! ip link add v0 type veth peer name v1
! ip link set v0 up
! ip link set v1 up
! ip addr add 10.0.0.1/24 dev v0
! ip addr add 10.1.0.1/24 dev v1
! ip -6 addr add fd00::1/64 dev v0 nodad
! ip -6 addr add fd01::1/64 dev v1 nodad
`

export const topics = {
  'link/veth': `
! ip netns add red
ip link add v0 type veth peer name v1
ip link add v2 numtxqueues 2 numrxqueues 3 mtu 1400 address 02:00:00:00:00:02 type veth peer name v3 mtu 1300 address 02:00:00:00:00:03 numtxqueues 4
ip link add v4 index 100 txqueuelen 500 type veth peer name v5 netns red
ip link add v6 netns red type veth peer name v7
ip link add type veth
ip -d link show v0
ip -d link show type veth
ip -n red -d link show
ip link set v1 netns red
ip link show v0
ip link del v0
`,
  'link/set': `${pair}
! ip netns add red
! ip link add br0 type bridge
ip link set dev v0 mtu 1400
ip link set dev v0 address 02:00:00:00:00:aa
ip link set dev v0 broadcast ff:ff:ff:ff:ff:fe
ip link set dev v0 down
ip link set dev v0 up
ip link set dev v0 txqueuelen 250
ip link set dev v0 alias "an uplink, of sorts"
ip link show dev v0
ip link set dev v0 alias ""
ip link set dev v0 group 42
ip link set dev v0 group default
ip link set dev v0 master br0
ip -d link show dev v0
ip link set dev v0 nomaster
ip link set dev v0 promisc on
ip link set dev v0 promisc off
ip link set dev v0 allmulticast on
ip link set dev v0 arp off
ip link set dev v0 multicast off
ip link set dev v0 dynamic on
ip link set dev v0 trailers off
ip link set dev v0 addrgenmode none
ip link set dev v0 addrgenmode eui64
ip link set dev v0 addrgenmode random
ip link set dev v0 addrgenmode stable_secret
ip link set dev v0 protodown on
ip link set dev v0 protodown_reason 3 on
ip -d link show dev v0
ip link set dev v0 protodown_reason 3 off
ip link set dev v0 protodown off
ip link set dev v0 carrier off
ip link set dev v0 gso_max_size 32000
ip link set dev v0 gso_max_segs 100
ip link set dev v0 gro_max_size 32000
ip link set dev v0 mode dormant
ip link set dev v0 state up
ip link set dev v0 xdp off
ip link set dev v0 vf 0 mac 02:00:00:00:00:01
ip link set dev v0 vf 1 vlan 100 qos 3 proto 802.1ad
ip link set dev v0 vf 1 vlan 100
ip link set dev v0 vf 1 rate 100
ip link set dev v0 vf 1 max_tx_rate 200 min_tx_rate 100
ip link set dev v0 vf 1 spoofchk on
ip link set dev v0 vf 1 state enable
ip link set dev v0 vf 1 trust on
ip link set dev v0 vf 1 query_rss on
ip link set dev v0 down
ip link set dev v0 name uplink
ip link set dev uplink mtu 1300 txqueuelen 10 address 02:00:00:00:00:ab up
ip link set group default mtu 1280
ip link set dev uplink netns red
ip link show dev v1
ip -n red link set dev uplink netns 1
`,
  'link/altname': `
! ip link add v0 type veth peer name v1
ip link property add dev v0 altname a-name-longer-than-fifteen-characters
ip link property add dev v0 altname second altname third
ip link show dev v0
ip link show dev a-name-longer-than-fifteen-characters
ip link set dev a-name-longer-than-fifteen-characters mtu 1400
ip link property del dev v0 altname second
ip -d link show dev third
ip link property add dev v1 altname third
`,
  'link/dump': `${uplink}
! ip link add br0 type bridge
! ip link set v0 master br0
! ip link set v1 group 5
ip link
ip -d link
ip -s link
ip -s -s -d link
ip link show up
ip link show master br0
ip link show nomaster
ip link show type bridge
ip link show type bridge_slave
ip link show group 5
ip -6 link show
ip -f bridge link show
ip -br link
ip link show dev lo
ip link show dev v0 type bridge_slave
ip stats show dev v0
ip stats show
ip stats show dev br0 group xstats subgroup bridge
ip stats show dev v0 group xstats_slave subgroup bridge
ip link xstats type bridge
ip link afstats
ip netconf show dev v0
ip netconf
ip ntable show dev v0
ip -s ntable show
ip addrlabel list
ip token list
`,
  'link/bridge': `
ip link add br0 type bridge
ip link add br1 type bridge forward_delay 200 hello_time 100 max_age 600 ageing_time 10000 stp_state 1 priority 100
ip link add br2 type bridge mcast_snooping 0 mcast_router 2 mcast_query_use_ifaddr 1 mcast_querier 1 mcast_hash_max 1024 mcast_last_member_count 3 mcast_startup_query_count 4
ip link set dev br0 type bridge mcast_last_member_interval 200 mcast_membership_interval 20000 mcast_querier_interval 20001 mcast_query_interval 12000 mcast_query_response_interval 1100 mcast_startup_query_interval 3000
ip link set dev br0 type bridge mcast_stats_enabled 1 mcast_igmp_version 3 mcast_mld_version 2
ip link set dev br0 type bridge mcast_hash_elasticity 8
ip link set dev br0 type bridge group_fwd_mask 0x4000
ip link set dev br0 type bridge group_address 01:80:c2:00:00:04
ip link set dev br0 type bridge no_linklocal_learn 1
ip link set dev br0 type bridge nf_call_iptables 1 nf_call_ip6tables 1 nf_call_arptables 0
ip link set dev br0 type bridge fdb_flush
ip link set dev br0 type bridge vlan_filtering 1
ip link set dev br0 type bridge vlan_protocol 802.1ad
ip link set dev br0 type bridge vlan_default_pvid 10
ip link set dev br0 type bridge vlan_stats_enabled 1
ip link set dev br0 type bridge vlan_stats_per_port 1
ip link set dev br0 type bridge mcast_vlan_snooping 1
ip link set dev br0 type bridge vlan_filtering 0
ip link set dev br1 type bridge stp_state 0
ip link set dev br0 up
ip -d link show br0
ip -d link show br1
ip -s -d link show type bridge
ip link del br2
`,
  'link/bridge-port': `
! ip link add br0 type bridge
! ip link add v0 type veth peer name v1
! ip link add v2 type veth peer name v3
! ip link set v0 up
! ip link set v1 up
! ip link set br0 up
ip link set v0 master br0
ip link set v2 master br0
ip link set dev v0 type bridge_slave state 3 priority 20 cost 50
ip link set dev v0 type bridge_slave guard on hairpin on fastleave on root_block on
ip link set dev v0 type bridge_slave learning off flood off
ip link set dev v0 type bridge_slave proxy_arp on
ip link set dev v0 type bridge_slave proxy_arp off proxy_arp_wifi on
ip link set dev v0 type bridge_slave mcast_router 2 mcast_fast_leave on mcast_flood off bcast_flood off
ip link set dev v0 type bridge_slave mcast_to_unicast on
ip link set dev v0 type bridge_slave group_fwd_mask 0x4000
ip link set dev v0 type bridge_slave neigh_suppress on
ip link set dev v0 type bridge_slave vlan_tunnel on
ip link set dev v0 type bridge_slave isolated on
ip link set dev v0 type bridge_slave locked on
ip link set dev v0 type bridge_slave backup_port v2
ip -d link show dev v0
ip link set dev v0 type bridge_slave nobackup_port
ip link set dev v0 type bridge_slave fdb_flush
bridge link set dev v0 cost 4 priority 10 state forwarding
bridge link set dev v0 guard off hairpin off fastleave off root_block off
bridge link set dev v0 learning on flood on mcast_router 1 mcast_flood on bcast_flood on mcast_to_unicast off
bridge link set dev v0 neigh_suppress off vlan_tunnel off isolated off locked off
bridge link set dev v0 backup_port v2 self master
bridge link set dev v0 nobackup_port
bridge link set dev v0 learning_sync on self
bridge link set dev v0 hwmode veb
bridge link
bridge -d link show
bridge link show dev v0
bridge -d -s link show dev v2
ip link set v2 nomaster
`,
  'link/bridge-vlan': `
! ip link add br0 type bridge vlan_filtering 1
! ip link add v0 type veth peer name v1
! ip link set v0 master br0
! ip link set v0 up
! ip link set v1 up
! ip link set br0 up
bridge vlan add vid 10 dev v0
bridge vlan add vid 20 dev v0 pvid untagged
bridge vlan add vid 100-110 dev v0
bridge vlan add vid 30 dev br0 self
bridge vlan set vid 10 dev v0 state blocking
bridge vlan set vid 10 dev v0 mcast_router 2
bridge vlan show
bridge -d vlan show
bridge -s vlan show dev v0
bridge vlan show vid 105
bridge vlan global show
bridge vlan global set vid 30 dev br0 mcast_snooping 1 mcast_querier 1 mcast_igmp_version 3
bridge -d vlan global show dev br0
bridge vlan del vid 10 dev v0
bridge vlan del vid 100-110 dev v0
ip -d link show dev v0
ip -f bridge link show
`,
  'link/bridge-mdb': `
! ip link add br0 type bridge mcast_querier 1
! ip link add v0 type veth peer name v1
! ip link set v0 master br0
! ip link set v0 up
! ip link set v1 up
! ip link set br0 up
bridge mdb add dev br0 port v0 grp 239.1.2.3
bridge mdb add dev br0 port v0 grp 239.1.2.4 permanent
bridge mdb add dev br0 port v0 grp ff0e::1234 temp
bridge mdb add dev br0 port v0 grp 239.1.2.5 src 10.0.0.1 permanent
bridge mdb add dev br0 port br0 grp 239.9.9.9 permanent
bridge mdb add dev br0 port v0 grp 01:00:5e:01:02:09 permanent
bridge mdb show
bridge -d -s mdb show dev br0
bridge mdb del dev br0 port v0 grp 239.1.2.3
`,
  'link/vxlan': `${uplink}
ip link add vx0 type vxlan id 42
ip link add vx1 type vxlan id 100 group 239.1.1.1 dev v0 dstport 4789
ip link add vx2 type vxlan id 101 remote 10.0.0.2 local 10.0.0.1 dstport 4789 ttl 64 tos 8 df set
ip link add vx3 type vxlan id 102 remote fd00::2 local fd00::1 dev v0 dstport 8472 flowlabel 0x12345 udp6zerocsumtx udp6zerocsumrx
ip link add vx4 type vxlan id 103 group ff05::100 dev v0 dstport 4790 ttl auto tos inherit
ip link add vx5 type vxlan id 104 dstport 4791 srcport 30000 40000 nolearning proxy rsc l2miss l3miss ageing 300 maxaddress 1000 noudpcsum
ip link add vx6 type vxlan id 105 dstport 4792 noudp6zerocsumtx noudp6zerocsumrx remcsumtx remcsumrx gbp udpcsum
ip link add vx7 type vxlan dstport 4793 external
ip link add vx8 type vxlan dstport 4794 external gpe
ip link add vx9 type vxlan dstport 4795 external vnifilter
ip link add vx10 type vxlan id 106 dstport 4796 ttl inherit df inherit remote 10.0.0.3
ip link set dev vx1 type vxlan ageing 100 ttl 5
ip link set dev vx1 type vxlan id 100 group 239.1.1.2 dev v0
ip -d link show vx0
ip -d link show vx1
ip -d link show type vxlan
ip link del vx10
`,
  'link/vxlan-vni': `${uplink}
! ip link add vx9 type vxlan dev v0 dstport 4795 external vnifilter
bridge vni add vni 1000 dev vx9
bridge vni add vni 2000-2010 remote 10.0.0.9 dev vx9
bridge vni add vni 3000 group 239.1.1.9 dev vx9
bridge vni show
bridge -s vni show dev vx9
bridge vni delete vni 1000 dev vx9
`,
  'link/macvlan': `${pair}
! ip link add v2 type veth peer name v3
ip link add mv0 link v0 type macvlan
ip link add mv1 link v0 type macvlan mode private
ip link add mv2 link v0 type macvlan mode vepa
ip link add mv3 link v0 address 02:00:00:00:01:03 type macvlan mode bridge
ip link add mv4 link v2 type macvlan mode passthru flag nopromisc
ip link add mv5 link v0 type macvlan mode source macaddr set 02:00:00:00:00:11 02:00:00:00:00:12
ip link add mv6 link v0 type macvlan mode bridge bcqueuelen 5000
ip link set dev mv5 type macvlan macaddr add 02:00:00:00:00:13
ip link set dev mv5 type macvlan macaddr del 02:00:00:00:00:11
ip -d link show mv5
ip link set dev mv5 type macvlan macaddr flush
ip link set dev mv6 type macvlan bcqueuelen 100
ip link set dev mv1 type macvlan mode vepa
ip link set dev mv5 type macvlan flag nodst
ip -d link show type macvlan
ip link del mv0
`,
  'link/macvtap': `${pair}
ip link add mt0 link v0 type macvtap
ip link add mt1 link v0 type macvtap mode bridge
ip link add mt2 link v0 name mt2 type macvtap mode source macaddr add 02:00:00:00:00:21
ip -d link show type macvtap
ip link del mt0
`,
  'link/ifb': `
ip link add ifb0 type ifb
ip link add ifb1 numtxqueues 4 type ifb
ip link set ifb0 up
ip -d link show type ifb
ip link del ifb0
`,
  'link/tun': `
! ip tuntap add dev tun0 mode tun
! ip tuntap add dev tap0 mode tap user 0 group 0 multi_queue
! ip tuntap add dev tap1 mode tap pi vnet_hdr
ip link set tun0 up
ip tuntap show
ip -d link show dev tun0
ip -d link show dev tap0
ip -d link show type tun
ip -d addr show dev tun0
ip link del tun0
`,
  'link/dummy': `
ip link add dummy0 type dummy
ip link add d1 mtu 9000 address 02:00:00:00:00:d1 numtxqueues 2 type dummy
ip link add name d2 type dummy
ip link set dummy0 up
ip -d link show type dummy
ip link del dummy0
`,
  'link/vlan': `
! ip link add v0 type veth peer name v1
! ip link set v0 up
! ip link set v1 up
ip link add link v0 name v0.10 type vlan id 10
ip link add v0.20 link v0 type vlan protocol 802.1ad id 20 reorder_hdr off gvrp off loose_binding on
ip link add v0.30 link v0 type vlan id 30 ingress-qos-map 0:1 2:5 egress-qos-map 1:2 3:4 7:7
ip link add v0.40 link v0 type vlan id 40 gvrp on
ip link add v0.41 link v0 type vlan id 41 mvrp on
ip link add v0.42 link v0 type vlan id 42 bridge_binding on
ip link set dev v0.30 type vlan egress-qos-map 5:6
ip link set dev v0.10 type vlan reorder_hdr off
ip link set v0.10 up
ip -d link show v0.10
ip -d link show type vlan
ip link add v0.10.5 link v0.10 type vlan id 5
ip link del v0.10
`,
  'link/ipvlan': `
! ip link add v0 type veth peer name v1
! ip link set v0 up
! ip link add v2 type veth peer name v3
! ip link add v4 type veth peer name v5
ip link add ipv0 link v0 type ipvlan
ip link add ipv1 link v2 type ipvlan mode l2 bridge
ip link add ipv2 link v4 type ipvlan mode l3s private
ip link add ipv3 link v2 type ipvlan mode l2
ip link set dev ipv1 type ipvlan mode l3 vepa
ip link add ipvt0 link v0 type ipvtap mode l2
ip -d link show type ipvlan
ip -d link show type ipvtap
ip link del ipv0
`,
  'link/bond': `
! ip link add v0 type veth peer name v1
! ip link add v2 type veth peer name v3
ip link add bond0 type bond
ip link add bond1 type bond mode active-backup miimon 100 updelay 200 downdelay 200 use_carrier 1 fail_over_mac active primary_reselect better num_grat_arp 3 resend_igmp 2 all_slaves_active 1
ip link add bond2 type bond mode 802.3ad miimon 100 lacp_rate fast lacp_active on ad_select bandwidth xmit_hash_policy layer3+4 min_links 1 ad_user_port_key 5 ad_actor_sys_prio 1000 ad_actor_system 02:00:00:00:0b:02
ip link add bond3 type bond mode active-backup arp_interval 1000 arp_ip_target 10.0.0.1,10.0.0.2 arp_validate all arp_all_targets all arp_missed_max 5
ip link add bond4 type bond mode active-backup arp_interval 1000 ns_ip6_target fd00::1,fd00::2
ip link add bond5 type bond mode balance-tlb tlb_dynamic_lb 0 lp_interval 5 miimon 100 peer_notify_delay 300
ip link add bond6 type bond mode balance-rr packets_per_slave 4
ip link add bond7 type bond mode balance-xor xmit_hash_policy vlan+srcmac
ip link set v0 master bond1
ip link set v2 master bond1
ip link set bond1 up
! ip link set v1 up
! ip link set v3 up
ip link set dev bond1 type bond primary v0
! sleep 1
ip link set dev bond1 type bond active_slave v2
ip link set dev v0 type bond_slave queue_id 3
ip link set dev v0 type bond_slave prio 10
ip -d link show v0
ip -d link show bond1
ip link set dev bond1 type bond clear_active_slave
ip -d link show type bond
ip link set v0 nomaster
ip link del bond0
`,
  'link/vrf': `
! ip link add v0 type veth peer name v1
ip link add vrf0 type vrf table 100
ip link add vrf1 type vrf table 70000
ip link set vrf0 up
ip link set v0 master vrf0
ip link set v1 vrf vrf1
ip addr add 10.9.0.1/24 dev v0
ip link set v0 up
ip -d link show type vrf
ip -d link show v0
ip link show vrf vrf0
ip route show vrf vrf0
ip addr show vrf vrf0
ip neigh show vrf vrf0
ip vrf show
ip rule show
ip link del vrf0
`,
  'link/geneve': `
ip link add gnv0 type geneve id 5 remote 10.0.0.2
ip link add gnv1 type geneve id 6 remote fd00::2 ttl 64 tos 8 flowlabel 0x54321 udp6zerocsumtx noudp6zerocsumrx dstport 6082
ip link add gnv2 type geneve external dstport 6083
ip link add gnv3 type geneve id 7 remote 10.0.0.3 ttl inherit df set noudpcsum dstport 6084
ip link add gnv4 type geneve id 8 remote 10.0.0.4 innerprotoinherit dstport 6085
ip link set dev gnv0 type geneve id 5 remote 10.0.0.5 ttl 10
ip -d link show type geneve
ip link del gnv0
`,
  'link/gre': `${uplink}
ip link add gre1 type gre remote 10.0.0.2 local 10.0.0.1
ip link add gre2 type gre remote 10.0.0.3 local 10.0.0.1 ikey 5 okey 6 iseq oseq icsum ocsum ttl 64 tos 0x10 dev v0 fwmark 0x99
ip link add gre3 type gre remote 10.0.0.4 key 1.2.3.4 nopmtudisc ignore-df
ip link add gre4 type gre external
ip link add gre5 type gre remote 10.0.0.5 ttl inherit tos inherit encap gue encap-sport auto encap-dport 5555 encap-csum encap-remcsum
ip link set dev gre2 type gre remote 10.0.0.9 local 10.0.0.1 noseq nokey
ip link add gretap1 type gretap remote 10.0.0.2 local 10.0.0.1 key 9
ip link add gretap2 type gretap external
ip link add erspan1 type erspan remote 10.0.0.2 local 10.0.0.1 seq key 11 erspan_ver 1 erspan 123
ip link add erspan2 type erspan remote 10.0.0.3 local 10.0.0.1 seq key 12 erspan_ver 2 erspan_dir ingress erspan_hwid 17
ip link add erspan3 type erspan external
ip -d link show type gre
ip -d link show type gretap
ip -d link show type erspan
ip -6 link show dev gre1
ip tunnel show
ip link del gre1
`,
  'link/ip6gre': `${uplink}
ip link add g6a type ip6gre remote fd00::2 local fd00::1
ip link add g6b type ip6gre remote fd00::3 local fd00::1 hoplimit 10 encaplimit 2 tclass 0x20 flowlabel 0x12345 ikey 1 okey 2 csum seq dev v0 fwmark 0x10
ip link add g6c type ip6gre remote fd00::4 encaplimit none dscp inherit allow-localremote
ip link add g6d type ip6gretap remote fd00::5 local fd00::1 flowlabel inherit tclass inherit
ip link add g6e type ip6gretap external
ip link add g6f type ip6erspan remote fd00::6 local fd00::1 seq key 3 erspan_ver 1 erspan 77
ip link add g6g type ip6erspan remote fd00::7 local fd00::1 seq key 4 erspan_ver 2 erspan_dir egress erspan_hwid 5
ip -d link show type ip6gre
ip -d link show type ip6gretap
ip -d link show type ip6erspan
ip link set dev g6a type ip6gre remote fd00::9 local fd00::1 hoplimit 20
ip link del g6a
`,
  'link/ipip': `${uplink}
ip link add ipip1 type ipip remote 10.0.0.2 local 10.0.0.1
ip link add ipip2 type ipip remote 10.0.0.3 local 10.0.0.1 tos 8 nopmtudisc dev v0 fwmark 7 mode any
ip link add ipip3 type ipip external
ip link add ipip4 type ipip remote 10.0.0.5 local 10.0.0.1 mode mplsip
ip link add ipip5 type ipip remote 10.0.0.4 encap fou encap-sport 1234 encap-dport 5555 encap-csum
ip link set dev ipip1 type ipip remote 10.0.0.9 local 10.0.0.1 ttl 20
ip -d link show type ipip
ip link del ipip1
`,
  'link/sit': `${uplink}
ip link add sit1 type sit remote 10.0.0.2 local 10.0.0.1
ip link add sit2 type sit local 10.0.0.1 ttl 64 6rd-prefix 2001:db8::/32 6rd-relay_prefix 10.0.0.0/8
ip link add sit3 type sit remote 10.0.0.3 local 10.0.0.1 mode any isatap
ip link add sit4 type sit external
ip link set dev sit2 type sit local 10.0.0.1 6rd-prefix 2001:db8:1::/48
ip -d link show type sit
ip link del sit1
`,
  'link/ip6tnl': `${uplink}
ip link add t6a type ip6tnl remote fd00::2 local fd00::1
ip link add t6b type ip6tnl remote fd00::3 local fd00::1 mode ipip6 hoplimit 10 encaplimit none tclass 0x20 flowlabel 0x12345 dev v0 fwmark 5
ip link add t6c type ip6tnl remote fd00::4 mode any dscp inherit allow-localremote
ip link add t6d type ip6tnl external
ip -d link show type ip6tnl
ip link set dev t6a type ip6tnl remote fd00::9 local fd00::1 mode ip6ip6
ip link del t6a
`,
  'link/vti': `${uplink}
ip link add vti1 type vti remote 10.0.0.2 local 10.0.0.1 key 5
ip link add vti2 type vti local 10.0.0.1 ikey 1 okey 2 fwmark 9 dev v0
ip link add vti3 type vti6 remote fd00::2 local fd00::1 key 6
ip link add xf0 type xfrm dev v0 if_id 7
ip -d link show type vti
ip -d link show type vti6
ip -d link show type xfrm
ip link del vti1
`,
  'link/wireguard': `
ip link add wg0 type wireguard
ip link add wg1 mtu 1420 type wireguard
ip -d link show type wireguard
`,
  'link/netkit': `
ip link add nk0 type netkit
ip link add nk1 mtu 1400 type netkit
`,
  'link/nlmon': `
ip link add nlm0 type nlmon
ip -d link show type nlmon
ip link del nlm0
`,
  'link/other-kinds': `${uplink}
! ip link set v0 down
! ip link set v1 down
ip link add hsr0 type hsr slave1 v0 slave2 v1 supervision 45 version 1
! ip link add v2 type veth peer name v3
ip link add ms0 link v2 type macsec port 11 encrypt on cipher gcm-aes-256 send_sci on replay on window 64 validate strict
ip link add bu0 type bareudp dstport 6635 ethertype mpls_uc multiproto
ip link add amt0 type amt discovery 10.0.0.9 mode gateway local 10.0.0.1 dev v0
ip link add gtp0 type gtp role sgsn hsize 1024
ip link add vcan0 type vcan
ip link add vxcan0 type vxcan peer name vxcan1
ip link add team0 type team
ip link add nsim0 type netdevsim
ip link add batadv0 type batadv
ip -d link show
`,
  'address/ipv4': `${pair}
ip addr add 10.0.0.1/24 dev v0
ip addr add 10.0.1.1/24 brd + dev v0
ip addr add 10.0.2.1/24 broadcast 10.0.2.254 dev v0
ip addr add 10.0.3.1/24 brd - dev v0
ip addr add 10.0.4.1 dev v0
ip addr add 10.0.5.1 peer 10.0.5.2 dev v0
ip addr add 10.0.6.1 peer 10.0.6.2/30 dev v0
ip addr add 10.0.7.1/24 dev v0 label v0:lab
ip addr add 10.0.8.1/24 dev v0 scope link
ip addr add 10.0.9.1/24 dev v0 scope host
ip addr add 10.0.10.1/24 dev v0 scope 100
ip addr add 10.0.11.1/24 dev v0 valid_lft 1000 preferred_lft 500
ip addr add 10.0.12.1/24 dev v0 noprefixroute
ip addr add 10.0.13.1/24 dev v0 metric 500
ip addr add 224.0.0.100/32 dev v0 autojoin
ip addr add 10.0.0.2/24 dev v0
ip addr replace 10.0.14.1/24 dev v0 valid_lft forever preferred_lft 100
ip addr replace 10.0.14.1/24 dev v0 preferred_lft 200 metric 9
ip addr add local 10.0.15.1/24 anycast 10.0.15.9 dev v0
ip addr add 127.0.0.2/8 dev lo
ip addr show dev v0
ip -d addr show dev v0
ip addr del 10.0.0.1/24 dev v0
ip addr del 10.0.5.1 peer 10.0.5.2 dev v0
ip addr flush dev v0 label v0:lab
ip addr flush dev v0
ip addr show dev v0
`,
  'address/lifetimes': `${pair}
ip addr add 10.0.11.1/24 dev v0 valid_lft 1000 preferred_lft 500
ip addr change 10.0.11.1/24 dev v0 valid_lft 2000 preferred_lft 1500
ip addr change 10.0.11.1/24 dev v0 valid_lft 2000 preferred_lft 0
ip addr show dev v0 dynamic
`,
  'address/ipv6': `${pair}
ip addr add fd00::1/64 dev v0
ip addr add fd00:1::1/64 dev v0 nodad
ip addr add fd00:2::1 dev v0
ip addr add fd00:3::1/64 dev v0 noprefixroute
ip addr add fd00:4::1/64 dev v0 mngtmpaddr
ip addr add fd00:5::1/64 dev v0 home
ip addr add fd00:6::1/64 dev v0 valid_lft 1000 preferred_lft 500
ip addr add fd00:7::1/64 dev v0 preferred_lft 0
ip addr add fd00:8::1 peer fd00:8::2/64 dev v0
ip addr add fd00:9::1/64 dev v0 metric 700
ip addr add ff0e::99/128 dev v0 autojoin
ip addr add fe80::99/64 dev v0 scope link
ip addr change fd00:6::1/64 dev v0 valid_lft 2000 preferred_lft 1000
ip addr replace fd00:6::1/64 dev v0 valid_lft forever preferred_lft forever
ip -6 addr show dev v0
ip -6 addr show tentative
ip -6 addr show -deprecated
ip addr del fd00::1/64 dev v0
ip -6 addr flush dev v0 scope global
ip -6 addr show dev v0
`,
  'address/dump': `${uplink}
! ip link add br0 type bridge
! ip addr add 192.0.2.1/24 dev br0 label br0:x valid_lft 1000 preferred_lft 1000
ip addr
ip -d addr
ip -s addr
ip -4 addr
ip -6 addr
ip -0 addr
ip -br addr
ip -o addr
ip addr show up
ip addr show scope global
ip addr show to 10.0.0.0/8
ip addr show type veth
ip addr show dynamic
ip addr show permanent
ip addr show label br0:x
ip addr show dev lo
`,
  'route/unicast': `${uplink}
ip route add 10.2.0.0/24 via 10.0.0.2
ip route add 10.2.1.0/24 dev v0
ip route add 10.2.2.0/24 via 10.0.0.2 dev v0 src 10.0.0.1 metric 100
ip route add 10.2.3.0/24 via 10.0.0.2 table 50
ip route add 10.2.4.0/24 via 10.0.0.2 table 1000
ip route add 10.2.5.0/24 via 10.0.0.2 proto static
ip route add 10.2.6.0/24 dev v0 scope link proto 200
ip route add 10.2.7.0/24 dev v0 scope host
ip route add 10.2.8.1 via 10.0.0.2
ip route add 10.2.9.0/24 via 10.0.0.2 tos 0x10
ip route add 10.2.10.0/24 via 10.99.0.1 dev v0 onlink
ip route add 10.2.11.0/24 via 10.0.0.2 realms 5/6
ip route add 10.2.12.0/24 via inet6 fd00::2 dev v0
ip route add default via 10.0.0.2
ip route add default via 10.1.0.2 metric 50
ip route add default dev v1 table 300
ip route change 10.2.0.0/24 via 10.0.0.3
ip route replace 10.2.0.0/24 via 10.0.0.4
ip route append 10.2.0.0/24 via 10.0.0.5
ip route prepend 10.2.0.0/24 via 10.0.0.6
ip route show
ip route show table all
ip -d route show table all
ip route show table 1000
ip route show dev v0
ip route show root 10.2.0.0/16
ip route show match 10.2.1.1
ip route show exact 10.2.1.0/24
ip route show proto static
ip route show scope link
ip route show type unicast
ip route show via 10.0.0.2
ip route show cache
ip route del 10.2.0.0/24
ip route del default via 10.1.0.2 metric 50
ip route del default
ip route flush proto static
ip route flush table 1000
`,
  'route/ipv6': `${uplink}
ip -6 route add fd02::/64 via fd00::2
ip -6 route add fd02:1::/64 dev v0
ip -6 route add fd02:2::/64 via fd00::2 dev v0 metric 10 pref high
ip -6 route add fd02:3::/64 via fd00::2 pref low
ip -6 route add fd02:4::/64 via fd00::2 expires 600
ip -6 route add fd02:5::/64 via fd00::2 src fd00::1 table 2000
ip -6 route add fd02:6::1 via fe80::1 dev v0
ip -6 route add fd02:7::/64 from fd00::/64 via fd00::2
ip -6 route add default via fd00::2
ip -6 route add blackhole fd02:8::/64
ip -6 route add unreachable fd02:9::/64 metric 5
ip -6 route add prohibit fd02:a::/64
ip -6 route add throw fd02:b::/64
ip -6 route add fd02:c::/64 via fd00::2 mtu 1300 hoplimit 10 advmss 1200
ip -6 route add fd02:d::/64 nexthop via fd00::2 weight 1 nexthop via fd01::2 dev v1 weight 5
ip -6 route append fd02::/64 via fd00::3
ip -6 route replace fd02:1::/64 dev v1
ip -6 route show
ip -6 route show table all
ip -6 -d route show default
ip -6 route get fd02::5
ip -6 route get fd02:d::5 from fd00::1
ip -6 route get fibmatch fd02:d::5
ip -6 route del fd02:1::/64
ip -6 route flush fd02::/16
`,
  'route/types': `${uplink}
ip route add blackhole 10.3.0.0/24
ip route add unreachable 10.3.1.0/24
ip route add prohibit 10.3.2.0/24 metric 7
ip route add throw 10.3.3.0/24 table 60
ip route add local 10.3.4.1 dev v0
ip route add broadcast 10.3.5.255 dev v0
ip route add multicast 239.0.0.0/8 dev v0
ip route add nat 10.3.6.0/24 via 10.0.0.2
ip route add unreachable default metric 4278198272
ip route show type blackhole
ip route show table all
ip route get 10.3.0.1
ip route get 10.3.1.1
ip route del blackhole 10.3.0.0/24
`,
  'route/multipath': `${uplink}
ip route add 10.4.0.0/24 nexthop via 10.0.0.2 dev v0 weight 1 nexthop via 10.1.0.2 dev v1 weight 10
ip route add 10.4.1.0/24 nexthop via 10.0.0.2 nexthop dev v1
ip route add 10.4.2.0/24 nexthop via 10.99.0.2 dev v0 onlink weight 256 nexthop via inet6 fd01::2 dev v1
ip route add default proto static metric 20 nexthop via 10.0.0.2 weight 3 nexthop via 10.1.0.2 weight 2
ip route add 10.4.3.0/24 mtu 1300 nexthop via 10.0.0.2 realm 3 nexthop via 10.1.0.2
ip route show
ip -d route show
ip route get 10.4.0.9
ip route get fibmatch 10.4.0.9
ip route replace 10.4.1.0/24 nexthop via 10.0.0.3 nexthop via 10.1.0.3
ip route del 10.4.0.0/24
`,
  'route/metrics': `${uplink}
ip route add 10.5.0.0/24 via 10.0.0.2 mtu 1400
ip route add 10.5.1.0/24 via 10.0.0.2 mtu lock 1400 advmss 1360
ip route add 10.5.2.0/24 via 10.0.0.2 rtt 100ms rttvar 50ms rto_min 200ms
ip route add 10.5.3.0/24 via 10.0.0.2 window 65536 cwnd lock 10 ssthresh 20 initcwnd 30 initrwnd 40
ip route add 10.5.4.0/24 via 10.0.0.2 hoplimit 64 quickack 1 features ecn fastopen_no_cookie 1
ip route add 10.5.5.0/24 via 10.0.0.2 congctl reno
ip route add 10.5.6.0/24 via 10.0.0.2 congctl lock cubic reordering 5
ip route add 10.5.7.0/24 via 10.0.0.2 mtu lock 1200 hoplimit lock 5 rtt lock 80ms
ip route show
ip -d route show 10.5.3.0/24
ip route get 10.5.1.1
`,
  'route/encap': `${uplink}
! sysctl -qw net.mpls.platform_labels=1000
! sysctl -qw net.mpls.conf.v0.input=1
ip route add 10.6.0.0/24 encap mpls 100 via 10.0.0.2
ip route add 10.6.1.0/24 encap mpls 100/200/300 ttl 50 via 10.0.0.2 dev v0
ip route add 10.6.2.0/24 encap ip id 7 dst 192.0.2.9 src 192.0.2.1 ttl 9 tos 4 via 10.0.0.2
ip route add 10.6.3.0/24 encap ip id 8 dst 192.0.2.9 key csum dev v0
ip route add 10.6.4.0/24 encap ip6 id 9 dst fd09::1 src fd09::2 hoplimit 9 tc 4 dev v0
ip -6 route add fd06::/64 encap seg6 mode encap segs fd07::1,fd07::2 dev v0
ip -6 route add fd06:1::/64 encap seg6 mode inline segs fd07::1 dev v0
ip -6 route add fd06:2::/64 encap seg6 mode l2encap segs fd07::3 dev v0
ip -6 route add fd06:3::1/128 encap seg6local action End dev v0
ip -6 route add fd06:3::2/128 encap seg6local action End.X nh6 fd00::2 dev v0
ip -6 route add fd06:3::3/128 encap seg6local action End.T table 100 dev v0
ip -6 route add fd06:3::4/128 encap seg6local action End.DX4 nh4 10.0.0.2 dev v0
ip -6 route add fd06:3::5/128 encap seg6local action End.DT6 table 100 dev v0
ip -6 route add fd06:3::6/128 encap seg6local action End.B6.Encaps srh segs fd07::1,fd07::2 dev v0
ip -6 route add fd06:3::7/128 encap seg6local action End count dev v0
ip -6 route add fd06:4::/64 encap rpl segs fd07::1,fd07::2 dev v0
ip -6 route add fd06:5::/64 encap ioam6 mode encap tundst fd07::9 trace prealloc type 0x800000 ns 1 size 12 dev v0
ip -6 route add fd06:6::/64 encap xfrm if_id 5 link_dev v0 dev v0
ip route add 10.6.8.0/24 nexthop encap mpls 300 via 10.0.0.2 weight 2 nexthop encap mpls 301 via 10.1.0.2
ip route add 10.6.9.0/24 encap mpls 100 ttl-propagate disabled via 10.0.0.2
ip route show
ip -d -6 route show
ip -s -6 route show
ip -f mpls route add 100 via inet 10.0.0.2
ip -f mpls route add 101 as 200/201 via inet6 fd00::2 dev v0
ip -f mpls route add 102 dev lo
ip -f mpls route add 103 nexthop as to 300 via inet 10.0.0.2 nexthop as to 301 via inet 10.1.0.2
ip -f mpls route add 104 via inet 10.0.0.2 ttl-propagate enabled
ip -f mpls route show
ip -f mpls route get 101
ip -f mpls route del 100
ip -f mpls netconf
`,
  // Only in the second kernel: on Linux 6.18 built with FORTIFY_SOURCE, geneve_opts stops the kernel in ip_tun_parse_opts
  // with RTNL held, and a namespace is no protection: every network change of the machine then waits until it is rebooted.
  'route/encap-options': `@second-kernel${uplink}
ip route add 10.6.5.0/24 encap ip id 10 dst 192.0.2.9 geneve_opts 0:1:12345678 dev v0
ip route add 10.6.6.0/24 encap ip id 11 dst 192.0.2.9 vxlan_opts 5 dev v0
ip route add 10.6.7.0/24 encap ip id 12 dst 192.0.2.9 erspan_opts 1:2:0:0 dev v0
ip -d route show
`,
  'route/get': `${uplink}
! ip route add default via 10.0.0.2
ip route get 10.0.0.1
ip route get 8.8.8.8
ip route get fibmatch 8.8.8.8
ip route get 8.8.8.8 from 10.0.0.1 oif v0 mark 5 tos 8
ip route get 8.8.8.8 uid 1000 ipproto tcp sport 1000 dport 80
ip route get 10.0.0.1 from 10.0.0.9 iif v0
ip -6 route get fd00::5
ip -6 route get fd00::5 ipproto udp sport 53 dport 53 uid 0
ip route get 10.0.0.255
ip route get 127.0.0.1
ip -d route get 8.8.8.8
`,
  'route/nhid': `${uplink}
! ip nexthop add id 1 via 10.0.0.2 dev v0
! ip nexthop add id 2 via 10.1.0.2 dev v1
! ip nexthop add id 3 group 1/2
! ip nexthop add id 4 via fd00::2 dev v0
ip route add 10.7.0.0/24 nhid 1
ip route add 10.7.1.0/24 nhid 3
ip -6 route add fd07::/64 nhid 4
ip route add 10.7.2.0/24 nhid 4
ip route show
ip -6 route show
ip route get 10.7.1.1
ip route get fibmatch 10.7.1.1
ip route del 10.7.0.0/24 nhid 1
`,
  'rule/rules': `${uplink}
ip rule
ip rule add from 10.0.0.0/24 table 100
ip rule add to 10.1.0.0/24 table 1000 pref 1000
ip rule add from 10.0.0.1 to 10.9.0.0/16 tos 0x10 table main pref 1001
ip rule add fwmark 0x10 table 100 pref 1002
ip rule add fwmark 0x10/0xff table 100 pref 1003
ip rule add iif v0 table 100 pref 1004
ip rule add oif v1 table 100 pref 1005
ip rule add iif gone0 oif gone1 table 100 pref 1006
ip rule add uidrange 1000-2000 table 100 pref 1007
ip rule add ipproto tcp sport 1000-2000 dport 80 table 100 pref 1008
ip rule add ipproto udp dport 53 table 100 pref 1009
ip rule add not from 10.0.0.0/8 table 100 pref 1010
ip rule add table main suppress_prefixlength 0 pref 1011
ip rule add table main suppress_ifgroup 5 pref 1012
ip rule add goto 1020 from 10.3.0.0/16 pref 1013
ip rule add nop pref 1020
ip rule add blackhole from 10.4.0.0/16 pref 1014
ip rule add unreachable from 10.5.0.0/16 pref 1015
ip rule add prohibit from 10.6.0.0/16 pref 1016
ip rule add from 10.7.0.0/16 table 100 protocol static pref 1017
ip rule add from 10.8.0.0/16 table 100 realms 3/4 pref 1018
ip rule add from all table 100 tun_id 77 pref 1019
ip rule add l3mdev pref 1021
ip rule add from 10.10.0.0/16 lookup local pref 1022
ip -6 rule add from fd00::/64 to fd01::/64 table 100 pref 1001
ip -6 rule add from fd00::1 iif lo table 2000 dport 443 pref 1002
ip rule show
ip -d rule show
ip -6 rule show
ip rule show from 10.0.0.0/24
ip rule show table 100
ip rule show pref 1000
ip rule del pref 1000
ip rule del from 10.0.0.0/24 table 100
ip rule del fwmark 0x10/0xff table 100
ip -6 rule del pref 1001
ip rule flush
`,
  'neighbour/neighbours': `${uplink}
ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:02 dev v0
ip neigh add 10.0.0.3 lladdr 02:00:00:00:00:03 dev v0 nud reachable
ip neigh add 10.0.0.4 lladdr 02:00:00:00:00:04 nud stale dev v0
ip neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 nud noarp dev v0
ip neigh add 10.0.0.6 dev v0 nud none
ip neigh add 10.0.0.7 lladdr 02:00:00:00:00:07 dev v0 nud permanent protocol static
ip neigh add 10.0.0.8 lladdr 02:00:00:00:00:08 dev v0 nud delay
ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev v0 nud probe
ip neigh add 10.0.0.10 lladdr 02:00:00:00:00:10 dev v0 extern_learn
ip neigh add 10.0.0.11 dev v0 use
ip neigh add 10.0.0.12 dev v0 managed
ip neigh change 10.0.0.2 lladdr 02:00:00:00:00:22 dev v0
ip neigh replace 10.0.0.2 lladdr 02:00:00:00:00:23 dev v0 nud stale
ip neigh replace 10.0.0.20 lladdr 02:00:00:00:00:20 dev v0
ip neigh add fd00::2 lladdr 02:00:00:00:00:62 dev v0
ip neigh add fd00::3 lladdr 02:00:00:00:00:63 dev v0 router
ip neigh add proxy 10.0.0.30 dev v0
ip neigh add proxy fd00::30 dev v0 router protocol 99
ip neigh show
ip -s neigh show
ip -6 neigh show
ip neigh show dev v0
ip neigh show nud permanent
ip neigh show proxy
ip neigh get 10.0.0.2 dev v0
ip neigh get fd00::2 dev v0
ip neigh get proxy 10.0.0.30 dev v0
ip neigh del 10.0.0.2 dev v0
ip neigh del proxy 10.0.0.30 dev v0
ip neigh flush dev v0
ip ntable change name arp_cache dev v0 base_reachable 30001 retrans 1001 queue 50 locktime 999
ip ntable change name arp_cache thresh1 100
`,
  'neighbour/fdb': `${uplink}
! ip link add br0 type bridge
! ip link add v2 type veth peer name v3
! ip link set v2 master br0
! ip link set v2 up
! ip link set br0 up
! ip link add vx0 type vxlan id 42 dstport 4789 dev v0
! ip link add vx1 type vxlan dstport 4790 external
! ip nexthop add id 11 via 10.0.0.9 fdb
! ip nexthop add id 12 group 11 fdb
bridge fdb add 02:00:00:00:00:f0 dev v2 master
bridge fdb add 02:00:00:00:00:f1 dev v2 master static
bridge fdb add 02:00:00:00:00:f2 dev v2 master dynamic
bridge fdb add 02:00:00:00:00:f3 dev v2 master temp sticky
bridge fdb add 02:00:00:00:00:f4 dev br0 self local
bridge fdb add 02:00:00:00:00:f5 dev v2 master extern_learn
bridge fdb add 02:00:00:00:00:f6 dev vx0 dst 10.0.0.9
bridge fdb append 00:00:00:00:00:00 dev vx0 dst 10.0.0.9
bridge fdb append 00:00:00:00:00:00 dev vx0 dst 10.0.0.10 port 4790 vni 77 via v0
bridge fdb add 02:00:00:00:00:f7 dev vx1 dst 10.0.0.9 src_vni 1000 vni 2000
bridge fdb add 02:00:00:00:00:f9 dev vx0 dst 10.0.0.9 port 4791 vni 78 via v0
bridge fdb add 02:00:00:00:00:f8 dev vx0 nhid 12
bridge fdb replace 02:00:00:00:00:f6 dev vx0 dst 10.0.0.19
bridge fdb show
bridge fdb
bridge -s fdb show
bridge fdb show br br0
bridge fdb show dev vx0
bridge fdb show brport v2
bridge fdb show dynamic
bridge fdb get 02:00:00:00:00:f0 br br0
bridge fdb get 02:00:00:00:00:f6 dev vx0
bridge fdb del 02:00:00:00:00:f0 dev v2 master
bridge fdb del 00:00:00:00:00:00 dev vx0 dst 10.0.0.9
bridge fdb flush dev br0 brport v2 nosticky
bridge fdb flush dev br0 permanent
`,
  'nexthop/nexthops': `${uplink}
ip nexthop add id 1 via 10.0.0.2 dev v0
ip nexthop add id 2 via 10.1.0.2 dev v1
ip nexthop add id 3 dev v0
ip nexthop add id 4 blackhole
ip nexthop add id 5 via fd00::2 dev v0
ip nexthop add id 6 via 10.99.0.2 dev v0 onlink protocol static
ip -6 nexthop add id 7 blackhole
ip nexthop add via 10.0.0.7 dev v0
ip nexthop add id 10 group 1/2
ip nexthop add id 11 group 1,5/2,10 protocol 99
ip nexthop add id 12 group 1/2 type resilient buckets 8 idle_timer 10 unbalanced_timer 60
ip nexthop add id 13 via 10.0.0.9 fdb
ip nexthop add id 14 group 13 fdb
ip nexthop add id 15 encap mpls 100 via 10.0.0.2 dev v0
ip nexthop replace id 1 via 10.0.0.3 dev v0
ip nexthop replace id 10 group 1,3/2,4
ip nexthop replace id 12 group 1,3/2 type resilient idle_timer 20
ip nexthop show
ip -d -s nexthop show
ip nexthop show id 10
ip nexthop get id 1
ip nexthop show dev v0
ip nexthop show groups
ip nexthop show fdb
ip nexthop show protocol 4
ip nexthop bucket show
ip nexthop bucket show id 12
ip nexthop bucket get id 12 index 1
ip nexthop del id 12
ip nexthop flush protocol 4
ip nexthop flush
`,
  'nsid/nsid': `
! ip netns add red
! ip netns add blue
! ip netns add green
ip netns list
ip netns set red 5
ip netns set blue auto
ip netns list-id
ip netns list
ip netns list-id nsid 5
ip netns list-id target-nsid 5
ip netns set red 6
ip link add v0 type veth peer name v1 netns green
ip link show v0
ip netns list-id
ip -n red netns set blue 9
ip netns list-id target-nsid 5 nsid 9
ip link set v0 netns red
ip -n red -d link show v0
ip link add v2 link-netns red type veth
ip link add v3 link-netnsid 5 type veth
`,
  'error/errors': `${uplink}
! ip link add br0 type bridge
! ip link add br1 type bridge
ip link add v0 type veth peer name v9
ip link add v8 type veth peer name v0
ip link add x mtu 1 type veth
ip link add x type veth peer name y mtu 1
ip link add x mtu 70000 type veth
ip link add x address 01:00:00:00:00:00 type veth
ip link add x address 02:00:00 type veth
ip link add x type nosuchkind
ip link add x index 1 type veth
ip link add x numtxqueues 100000 type veth
ip link add x type vxlan
ip link add x type vxlan id 16777215 remote 239.1.1.1
ip link add x type vxlan id 1 group 239.1.1.1
ip link add x type vxlan id 1 dstport 4789 srcport 5 4
ip link add x type bridge vlan_protocol 802.1Q vlan_default_pvid 5000
ip link add x link v0 type macvlan mode passthru macaddr set 02:00:00:00:00:01
ip link add x type macvlan
ip link add x type vlan id 5
ip link set nosuch up
ip link set dev v0 mtu 1
ip link set dev v0 mtu 100000
ip link set dev v0 master v1
ip link set dev br0 master br1
ip link set dev v0 type bridge_slave cost 5
ip link set dev v0 name v1
ip link set dev v0 netns 999999
ip link set dev lo netns 1
ip link del lo
ip link show dev nosuch
ip link show master nosuch
ip addr add 10.0.0.1/24 dev v0
ip addr add 10.0.0.1/33 dev v0
ip addr add 10.0.0.9/24 dev nosuch
ip addr add fd00::1/64 dev v0
ip addr add 10.0.0.9/24 dev v0 autojoin
ip addr add fd00::5/64 peer fd00::6/64 dev v0 mngtmpaddr
ip addr add fd00::5/128 dev v0 mngtmpaddr
ip addr del 10.0.0.77/24 dev v0
ip route add 10.0.0.0/24 dev v0
ip route add 10.8.0.0/24 via 10.55.0.1
ip route add 10.8.0.0/24 via 10.0.0.2 dev v1
ip route add 10.8.0.1/24 dev v0
ip route add 10.8.0.0/24 dev nosuch
ip route add 10.8.0.0/24 nhid 99
ip route add 10.8.0.0/24 via 10.0.0.2 src 192.0.2.1
ip route add 10.8.0.0/24 encap mpls 100 via 10.0.0.99 dev nosuch
ip route add 10.8.0.0/24 via 10.0.0.2 congctl nosuch
ip route add 10.8.0.0/24 nexthop via 10.0.0.2 nexthop via 10.77.0.1
ip route add 10.8.0.0/24 nexthop via 10.0.0.2 weight 256 nexthop via 10.77.0.1 dev v0
ip -6 route add fd08::/64 via fe80::1
ip -6 route add fd08::/64 via fd55::1
ip route del 10.8.0.0/24
ip route change 10.8.0.0/24 via 10.0.0.2
ip route get 10.77.0.1
ip route get 240.0.0.1
ip route get fibmatch 10.77.0.1
ip rule del pref 99
ip rule add goto 5 pref 10
ip rule add table 100 pref 100
ip rule add table 100 pref 100
ip neigh add 10.0.0.2 dev v0
ip neigh add 10.0.0.2 lladdr 02:00:00 dev v0
ip neigh get 10.0.0.77 dev v0
ip neigh del 10.0.0.77 dev v0
ip neigh get 10.0.0.2 dev nosuch
ip nexthop add id 1 via 10.77.0.1 dev v0
ip nexthop add id 1 group 9/8
ip nexthop add id 1 via 10.0.0.2
ip nexthop get id 77
ip nexthop del id 77
ip netns set nosuch 5
bridge fdb add 02:00:00:00:00:01 dev v0 master
bridge fdb del 02:00:00:00:00:01 dev br0 self
bridge vlan add vid 5 dev v0
ip link property add dev v0 altname v1
ip link property del dev v0 altname nosuch
bridge mdb add dev br0 port v0 grp 239.1.1.1
`,
  'error/strict': `${uplink}
ip link show type nosuchkind
ip route show table 9999
ip -6 route show table 9999
ip neigh show dev nosuch
ip -n nosuch link
ip nexthop show id 77
`,
  'mixed/families': `
ip link show dev lo
genl ctrl get name nlctrl
nft add table bridge ours
nft list tables
ss -tan
ip link add v0 type veth peer name v1
bridge vlan show
nft delete table bridge ours
`,
  'monitor/all': `
& ip -d monitor all
! ip link add v0 type veth peer name v1
! ip link set v0 up
! ip link set v1 up
! ip addr add 10.0.0.1/24 dev v0
! ip -6 addr add fd00::1/64 dev v0 nodad
! ip route add 10.1.0.0/24 via 10.0.0.2
! ip -6 route add fd01::/64 via fd00::2
! ip rule add from 10.0.0.0/24 table 100 pref 500
! ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:02 dev v0
! ip nexthop add id 1 via 10.0.0.2 dev v0
! ip netns add red
! ip netns set red 5
! ip link add br0 type bridge
! ip link set v1 master br0
! ip link set v0 mtu 1400
! ip route del 10.1.0.0/24
! ip rule del pref 500
! ip neigh del 10.0.0.2 dev v0
! ip nexthop del id 1
! ip addr del 10.0.0.1/24 dev v0
! ip link del v0
! ip link del br0
! ip netns del red
`,
  'monitor/label': `
! ip netns add red
! ip netns set red 5
& ip monitor label all-nsid link address route
! ip -n red link set lo up
! ip link add v0 type veth peer name v1 netns red
! ip addr add 10.0.0.1/24 dev v0
! ip link set v0 up
! ip -n red link set v1 up
! ip link del v0
`,
  'monitor/bridge': `
& bridge monitor all
! ip link add br0 type bridge
! ip link add v0 type veth peer name v1
! ip link set v0 master br0
! ip link set v0 up
! ip link set v1 up
! ip link set br0 up
! bridge fdb add 02:00:00:00:00:f0 dev v0 master
! bridge mdb add dev br0 port v0 grp 239.1.2.3
! bridge fdb del 02:00:00:00:00:f0 dev v0 master
! ip link set v0 nomaster
`,
  ...netfilterTopics,
}
