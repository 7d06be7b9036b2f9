import { DEBIAN, type Program } from './program.ts'

const resolv = { 'resolv.conf': { text: 'search before.example\nnameserver 192.0.2.53\n' } }

const interfaces = `
iface veth0 inet static
  address 10.7.0.2/255.255.255.0
  broadcast +
  gateway 10.7.0.1
  hwaddress ether 02:00:00:00:00:07
  mtu 1400
  metric 50
  up ip route add 10.8.0.0/16 via 10.7.0.1
  up ip ro add 10.9.0.0/16 dev $IFACE && ip li set dev $IFACE alias told
  down ip route del 10.8.0.0/16 via 10.7.0.1

iface veth0 inet6 static
  address 2001:db8:7::2/64
  gateway 2001:db8:7::1

iface veth0:1 inet static
  address 10.7.1.2/24

iface br7 inet manual
  pre-up brctl addbr $IFACE && brctl setfd $IFACE 0 && brctl stp $IFACE off && brctl addif $IFACE veth1
  up ip link set dev $IFACE up
  down ip link set dev $IFACE down
  post-down brctl delbr $IFACE

iface lo inet loopback
`

const ifupdown: Program = {
  name: 'ifupdown',
  needs: ['sbin/ifup', 'lib/ifupdown/settle-dad.sh'],
  layers: {
    '/usr/sbin': { ifup: `${DEBIAN}/sbin/ifup`, ifdown: `${DEBIAN}/sbin/ifup`, ifquery: `${DEBIAN}/sbin/ifup` },
    '/usr/lib': { ifupdown: `${DEBIAN}/lib/ifupdown` },
    '/etc': { ...resolv, network: `${DEBIAN}/etc/network`, interfaces: { text: interfaces } },
  },
  proves: /"local":"10.7.0.2"/,
  steps: [
    `mkdir -p /run/network; ip link add veth0 address 02:00:00:00:00:01 type veth peer address 02:00:00:00:00:02 name veth1 &&
     ip li set veth1 up`,
    'ifup -v -i /etc/interfaces lo br7 veth0 veth0:1',
    'ifquery -i /etc/interfaces --state; ifdown -v -i /etc/interfaces veth0:1 veth0 br7',
    // An address that is there already.
    'ip address add 10.7.0.2/24 dev veth0; ifup -i /etc/interfaces veth0',
  ],
}

const dhclientScript: Program = {
  name: 'dhclient-script',
  needs: ['sbin/dhclient', 'sbin/dhclient-script', '/usr/sbin/dnsmasq'],
  layers: { '/etc': { ...resolv, dhcp: `${DEBIAN}/etc/dhcp` } },
  proves: /nameserver 10.6.0.53/,
  steps: [
    `ip netns add server && ip li add eth0 address 02:00:00:00:00:01 type veth peer eth0 address 02:00:00:00:00:02 netns server &&
     ip -n server a add 10.6.0.1/255.255.255.0 broadcast + dev eth0 && ip -n server link set eth0 up`,
    `ip netns exec server dnsmasq --conf-file=/dev/null --user=root --pid-file=/run/dnsmasq.pid --dhcp-leasefile=/run/leases \
     --bind-interfaces --interface=eth0 --except-interface=lo --no-ping --no-resolv --no-hosts --dhcp-authoritative \
     --dhcp-range=10.6.0.50,10.6.0.50,1h --dhcp-option=option:router,10.6.0.1 --dhcp-option=option:mtu,1300 \
     --dhcp-option=option:dns-server,10.6.0.53 --dhcp-option=option:domain-name,lan.example \
     --dhcp-option=option:classless-static-route,10.60.0.0/16,10.6.0.1,0.0.0.0/0,10.6.0.1`,
    '$DEBIAN/sbin/dhclient -4 -1 -sf $DEBIAN/sbin/dhclient-script -pf /run/dhclient.pid -lf /run/dhclient.leases eth0',
    '$DEBIAN/sbin/dhclient -4 -r -sf $DEBIAN/sbin/dhclient-script -pf /run/dhclient.pid -lf /run/dhclient.leases eth0',
    ...[
      'reason=BOUND interface=eth0 new_ip_address=10.6.0.9 new_subnet_mask=255.255.255.0 new_broadcast_address=10.6.0.255 new_dhcp_lease_time=600 new_routers="10.6.0.1 10.6.0.2" alias_ip_address=10.61.0.2 alias_subnet_mask=255.255.255.255',
      'reason=REBIND interface=eth0 old_ip_address=10.6.0.9 new_ip_address=10.6.0.10 new_subnet_mask=255.255.255.255 new_dhcp_lease_time=700 new_routers=10.6.0.1',
      'reason=TIMEOUT interface=eth0 new_ip_address=10.6.0.11 new_subnet_mask=255.255.255.0 new_routers=10.6.0.1 new_interface_mtu=1280',
      'reason=EXPIRE interface=eth0 old_ip_address=10.6.0.11 alias_ip_address=10.61.0.2',
      'reason=BOUND6 interface=eth0 new_ip6_address=2001:db8:6::9 new_ip6_prefixlen=64 new_max_life=700 new_preferred_life=600 new_dhcp6_name_servers=2001:db8::53',
      'reason=RENEW6 interface=eth0 cur_ip6_address=2001:db8:6::9 new_ip6_address=2001:db8:6::9 new_ip6_prefixlen=64 new_max_life=800 new_preferred_life=0',
      'reason=EXPIRE6 interface=eth0 old_ip6_address=2001:db8:6::9 old_ip6_prefixlen=64',
    ].map((variables) => `${variables} $DEBIAN/sbin/dhclient-script`),
  ],
}

const lxcNet: Program = {
  name: 'lxc-net',
  needs: ['usr/libexec/lxc/lxc-net', '/usr/sbin/dnsmasq'],
  layers: {
    '/etc/default': {
      lxc: { text: '[ ! -f /etc/default/lxc-net ] || . /etc/default/lxc-net\n' },
      'lxc-net': { text: 'LXC_IPV6_ADDR=fd00:3::1\nLXC_IPV6_MASK=64\nLXC_IPV6_NETWORK=fd00:3::/64\n. /run/lxc-net\n' },
    },
    '/var/lib': { misc: '/run/misc' },
  },
  firewall: true,
  proves: /MASQUERADE/,
  steps: [
    'mkdir -p /run/misc; echo LXC_USE_NFT=false > /run/lxc-net; $DEBIAN/usr/libexec/lxc/lxc-net start',
    `ip link add a address 02:00:00:00:00:01 type veth peer b address 02:00:00:00:00:02 netns $$ && ip li set a master lxcbr0 &&
     ip netns add box && ip link set b netns box && ip -n box addr add 10.0.3.9/24 dev b && ip -n box li set b up && ip link set a up &&
     ip netns exec box ping -q -c 1 -w 5 10.0.3.1 > /dev/null; echo $?; ip netns del box`,
    '$DEBIAN/usr/libexec/lxc/lxc-net stop; $DEBIAN/usr/libexec/lxc/lxc-net stop',
    'echo LXC_USE_NFT=true > /run/lxc-net; $DEBIAN/usr/libexec/lxc/lxc-net start',
    '$DEBIAN/usr/libexec/lxc/lxc-net stop',
  ],
}

const vpn = `TUNDEV=tun0 VPNPID=77 VPNGATEWAY=198.51.100.7 INTERNAL_IP4_ADDRESS=10.5.0.9 INTERNAL_IP4_NETMASK=255.255.255.0 \
  INTERNAL_IP4_NETMASKLEN=24 INTERNAL_IP4_NETADDR=10.5.0.0 INTERNAL_IP4_DNS="10.5.0.53 10.5.0.54" CISCO_DEF_DOMAIN=corp.example \
  $DEBIAN/usr/share/vpnc-scripts/vpnc-script`
const split = `CISCO_SPLIT_INC=2 CISCO_SPLIT_INC_0_ADDR=10.50.0.0 CISCO_SPLIT_INC_0_MASK=255.255.0.0 CISCO_SPLIT_INC_0_MASKLEN=16 \
  CISCO_SPLIT_INC_1_ADDR=10.51.1.1 CISCO_SPLIT_INC_1_MASK=255.255.255.255 CISCO_SPLIT_INC_1_MASKLEN=32 \
  CISCO_SPLIT_EXC=1 CISCO_SPLIT_EXC_0_ADDR=10.50.9.0 CISCO_SPLIT_EXC_0_MASK=255.255.255.0 CISCO_SPLIT_EXC_0_MASKLEN=24 \
  CISCO_SPLIT_DNS=corp.example`
const split6 = `INTERNAL_IP6_ADDRESS=2001:db8:5::9 CISCO_IPV6_SPLIT_INC=1 CISCO_IPV6_SPLIT_INC_0_ADDR=2001:db8:50:: CISCO_IPV6_SPLIT_INC_0_MASKLEN=48`

const vpncScript: Program = {
  name: 'vpnc-script',
  needs: ['usr/share/vpnc-scripts/vpnc-script', '/dev/net/tun'],
  layers: { '/etc': resolv },
  proves: /"dst":"10.50.9.0\/24","gateway"/,
  steps: [
    `PATH=/run/real/bin:$PATH; ip link add eth0 address 02:00:00:00:00:01 type veth peer eth1 address 02:00:00:00:00:02 && ip link set eth1 up && ip link set eth0 up mtu 1480 &&
     ip addr add 192.0.2.2/255.255.255.0 broadcast + dev eth0 && ip ro add default via 192.0.2.1 &&
     ip route add default via 192.0.2.254 metric 9 && ip tuntap add dev tun0 mode tun`,
    `reason=connect ${vpn}`,
    `reason=disconnect ${vpn}`,
    `reason=connect ${split} ${split6} ${vpn}`,
    `reason=disconnect ${split} ${split6} ${vpn}`,
    // The script's own other way, where there is no ip.
    `sed 's/^\\tIPROUTE=.*/\\tIPROUTE=/' $DEBIAN/usr/share/vpnc-scripts/vpnc-script > /run/without && chmod +x /run/without;
     reason=connect ${split} ${vpn.replace(/\S+$/, '/run/without')}`,
    `reason=disconnect ${split} ${vpn.replace(/\S+$/, '/run/without')}`,
  ],
}

const fail2ban: Program = {
  name: 'fail2ban',
  needs: ['usr/lib/python3/dist-packages/fail2ban', 'etc/fail2ban/action.d/route.conf', '/usr/bin/python3'],
  firewall: true,
  proves: /-A f2b-sshd -s 198.51.100.1\/32 -j REJECT/,
  // How it calls a command in its log.
  mask: (text) => text.replace(/ERROR [0-9a-f]+ --/g, 'ERROR ID --'),
  steps: [
    `cat > /run/ban.py << 'END'
import logging, os, sys
from fail2ban.client.actionreader import ActionReader
from fail2ban.server.action import CommandAction
logging.basicConfig(stream=sys.stdout, format='%(levelname)s %(message)s', level=logging.WARNING)
def act(name, options, verb, hosts):
    options = dict(word.split('=') for word in options.split('/') if word)
    reader = ActionReader(name, 'jail', options, basedir=os.environ['DEBIAN'] + '/etc/fail2ban')
    reader.read()
    reader.getOptions(options)
    action = CommandAction(None, name)
    for words in reader.convert():
        if words[:1] == ['multi-set']:
            for key, value in words[4]: setattr(action, key, value)
    if verb == 'start': action.start()
    for host in hosts:
        try: (action.unban if verb == 'unban' else action.ban)({'ip': host, 'family': 'inet4'})
        except Exception as error: print(type(error).__name__, error)
    if verb == 'stop': action.stop()
for words in sys.argv[1:]:
    name, options, verb, *hosts = words.split(' ')
    act(name, options, verb, hosts)
END
     ip link set lo up`,
    `python3 /run/ban.py 'route  start 198.51.100.1 198.51.100.2' 'route blocktype=blackhole ban 198.51.100.2 198.51.100.3 2001:db8::1' \
       'iptables-multiport port=22,80/name=sshd start 198.51.100.1 198.51.100.2'`,
    `python3 /run/ban.py 'route  unban 198.51.100.1 198.51.100.9 2001:db8::1' 'iptables-multiport port=22,80/name=sshd unban 198.51.100.1'`,
    `python3 /run/ban.py 'iptables-multiport port=22,80/name=sshd stop'`,
  ],
}

// Asked for a link, the kernel looks at its carrier at once (Linux 6.8): addresses and routes then come in this order.
const town = `PATH=/run/real/bin:$PATH; ip link add eth0 address 02:00:00:00:00:01 type veth peer eth1 address 02:00:00:00:00:02 &&
  ip link show eth0 >/dev/null && ip link show eth1 >/dev/null && ip link set eth0 up && ip link show eth0 >/dev/null &&
  ip link set eth1 up && ip link show eth0 >/dev/null && ip link show eth1 >/dev/null &&
  ip addr add 10.4.0.2/16 broadcast + dev eth0 && ip addr add 10.4.1.2/24 dev eth0 label eth0:1 && ip addr add 10.4.2.2 peer 10.4.2.3 dev eth1 &&
  ip addr add 2001:db8:4::2/64 dev eth0 && ip route add default via 10.4.0.1 metric 3 && ip route add 10.40.0.0/16 via 10.4.0.9 &&
  ip -6 route add default via 2001:db8:4::1 && ip route add unreachable 10.41.0.0/16 && ip link add br0 address 02:00:00:00:00:03 type bridge && ip link set br0 up &&
  ip link set eth1 master br0 && ip addr add 10.4.3.1/24 dev br0 && ip link set lo up`

const cloudInit: Program = {
  name: "cloud-init's network facts",
  needs: [
    'usr/lib/python3/dist-packages/cloudinit/netinfo.py',
    'usr/lib/python3/dist-packages/yaml',
    '/usr/bin/python3',
  ],
  proves: /Route IPv4 info/,
  steps: [
    town,
    `python3 -c '
from cloudinit import netinfo; import json
print(json.dumps([netinfo.netdev_info(), netinfo.route_info()], indent=1, sort_keys=True)); print(netinfo.debug_info())'`,
    // Its way where there is no ip but net-tools.
    `python3 -c '
from cloudinit import netinfo, subp; import json
which = subp.which
subp.which = lambda name: None if name == "ip" else which(name)
facts = netinfo.netdev_info()
for device in facts.values(): device["ipv6"].sort(key=str) # The kernel keeps these by a random hash.
print(json.dumps(facts, indent=1, sort_keys=True))'`,
  ],
}

const ansible: Program = {
  name: "ansible's network facts",
  needs: [
    'usr/lib/python3/dist-packages/ansible/modules/setup.py',
    'usr/lib/python3/dist-packages/distro',
    '/usr/bin/python3',
  ],
  proves: /"ansible_default_ipv4": \{\n {2}"address"/,
  steps: [
    town,
    `echo '{"ANSIBLE_MODULE_ARGS": {"gather_subset": ["!all", "!min", "network"]}}' | python3 -m ansible.modules.setup |
     python3 -c 'import json, sys; facts = json.load(sys.stdin)["ansible_facts"]
for value in facts.values(): isinstance(value, list) and value.sort()
print(json.dumps(facts, indent=1, sort_keys=True))'`,
  ],
}

const mininet: Program = {
  name: 'mininet',
  needs: ['usr/bin/mn', 'usr/bin/mnexec', '/usr/bin/python3'],
  layers: { '/usr/bin': { mnexec: `${DEBIAN}/usr/bin/mnexec` } },
  proves: /Results: 0% dropped/,
  steps: ['python3 $DEBIAN/usr/bin/mn --switch lxbr --controller none --test pingall'],
  mask: (text) => text.replace(/completed in [\d.]+ seconds/g, 'completed in SECONDS'),
}

/** What calls ip in the world, and what it does with it. */
export const PROGRAMS: readonly Program[] = [
  ifupdown,
  dhclientScript,
  lxcNet,
  vpncScript,
  fail2ban,
  cloudInit,
  ansible,
  mininet,
]
