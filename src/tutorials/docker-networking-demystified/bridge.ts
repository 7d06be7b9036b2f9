import {
  addAddress,
  addRoute,
  attachToBridge,
  createBridge,
  createNetns,
  createVethPair,
  enableForwarding,
  masquerade,
  moveToNetns,
  setUp,
} from '../../ops/index.ts'
import {
  answers,
  fetches,
  hasAddress,
  hasRoute,
  isSilent,
  linkIs,
  linksAre,
  namespacesAreGone,
  namespacesExist,
  OUTSIDE,
  portsOf,
  sysctlIs,
} from '../checks/index.ts'
import type { Step } from '../tutorial.ts'

const NET1 = { netns: 'net1', link: 'vethpeer1', port: 'veth1', ip: '10.100.0.10', address: '10.100.0.10/16' }
const NET2 = { netns: 'net2', link: 'vethpeer2', port: 'veth2', ip: '10.100.0.20', address: '10.100.0.20/16' }
const NETS = [NET1, NET2]
const BRIDGE = { link: 'br00', ip: '10.100.0.1', address: '10.100.0.1/16' }
const FAR = '8.8.8.8'

const namespaces = NETS.map(({ netns }) => ({ netns, op: createNetns(netns) }))
const switchboard = createBridge({ name: BRIDGE.link })
const router = enableForwarding()
const masked = masquerade({ source: BRIDGE.address, notOut: BRIDGE.link })
const leftBehind = 'What is not in a namespace is not deleted with it.'

/** The second script, up: the two namespaces at a bridge. */
export const bridgeUp: readonly Step[] = [
  {
    title: 'Up again: two namespaces, a cable for each',
    why:
      'To join every two of N namespaces by cables takes N(N-1)/2 of them, for four namespaces six. With a bridge it takes one ' +
      'for each. This is the second script of the document, going up.',
    actions: [
      ...namespaces.map(({ netns, op }) => ({ command: `ip netns add ${netns}`, op })),
      ...NETS.map(({ link, port }) => ({
        command: `ip link add ${port} type veth peer name ${link}`,
        op: createVethPair({ name: port, peer: { name: link } }),
      })),
      ...NETS.map(({ port }) => ({ command: `ip link set ${port} up`, op: setUp({ link: port }) })),
      ...NETS.map(({ netns, link }) => ({
        command: `ip link set ${link} netns ${netns}`,
        op: moveToNetns({ link, to: netns }),
      })),
    ],
    checks: [
      namespacesExist([NET1.netns, NET2.netns], { command: 'ip netns list', proves: 'both have their names' }),
      linksAre(
        { present: [NET1.port, NET2.port], absent: [NET1.link, NET2.link] },
        { command: 'ip link', proves: 'the host has one end of each cable' },
      ),
    ],
  },
  {
    title: 'Bring up what is inside, and give it addresses',
    why: 'Links first and addresses afterwards or the other way round: the kernel makes the route when it has both.',
    actions: [
      ...NETS.map(({ netns }) => ({
        command: `ip netns exec ${netns} ip link set lo up`,
        op: setUp({ link: 'lo', netns }),
      })),
      ...NETS.map(({ netns, link }) => ({
        command: `ip netns exec ${netns} ip link set ${link} up`,
        op: setUp({ link, netns }),
      })),
      ...NETS.map(({ netns, link, address }) => ({
        command: `ip netns exec ${netns} ip addr add ${address} dev ${link}`,
        op: addAddress({ link, address, netns }),
      })),
    ],
    checks: [
      ...NETS.map(({ netns, link, address }) =>
        hasAddress(link, { address }, { command: `ip -n ${netns} addr`, proves: `${link} has its address`, netns }),
      ),
      isSilent(NET2.ip, {
        command: 'ip netns exec net1 ping -c 3 10.100.0.20',
        proves: 'the cables end at the host, and nothing joins them there',
        netns: NET1.netns,
      }),
    ],
  },
  {
    title: 'Join the cables by a bridge',
    why: 'The bridge passes on, from port to port, by Ethernet addresses. It is the docker0 of this host.',
    actions: [
      { command: 'ip link add br00 type bridge', op: switchboard },
      { command: 'ip link set br00 up', op: setUp({ link: BRIDGE.link }) },
      ...NETS.map(({ port }) => ({
        command: `ip link set ${port} master br00`,
        op: attachToBridge({ link: port, bridge: BRIDGE.link }),
      })),
    ],
    checks: [
      portsOf(BRIDGE.link, [NET1.port, NET2.port], {
        command: 'brctl show',
        proves: 'both cables are ports of br00, and forward',
      }),
    ],
  },
  {
    title: 'Make the bridge the gateway',
    why: 'With an address the bridge is also a link of the host, and the host can be the gateway of both namespaces.',
    actions: [
      { command: 'ip addr add 10.100.0.1/16 dev br00', op: addAddress({ link: BRIDGE.link, address: BRIDGE.address }) },
      ...NETS.map(({ netns }) => ({
        command: `ip netns exec ${netns} ip route add default via 10.100.0.1`,
        op: addRoute({ dst: 'default', via: BRIDGE.ip, netns }),
      })),
    ],
    checks: [
      hasAddress(BRIDGE.link, BRIDGE, { command: 'ifconfig', proves: 'br00 has its address' }),
      ...NETS.map(({ netns, link }) =>
        hasRoute(
          { dst: 'default', via: BRIDGE.ip, link },
          { command: `ip -n ${netns} route`, proves: `${netns} sends everything else to the host`, netns },
        ),
      ),
      answers(NET2.ip, {
        command: 'ip netns exec net1 ping -c 3 10.100.0.20',
        count: 3,
        proves: 'net1 reaches net2 through the bridge',
        netns: NET1.netns,
      }),
      answers(NET1.ip, {
        command: 'ip netns exec net2 ping -c 3 10.100.0.10',
        count: 3,
        proves: 'net2 reaches net1',
        netns: NET2.netns,
      }),
    ],
  },
  {
    title: 'Open the way to the internet',
    why:
      'The host becomes a router, and hides the namespaces behind itself, except towards the bridge. The address that they get is ' +
      'that of the link by which the packet leaves: that of eth0, and not of br00 as the document says in passing.',
    actions: [
      { command: "bash -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'", op: router },
      { command: 'iptables -t nat -A POSTROUTING -s 10.100.0.1/16 ! -o br00 -j MASQUERADE', op: masked },
    ],
    checks: [
      sysctlIs('net.ipv4.ip_forward', '1', { command: 'sysctl net.ipv4.ip_forward', proves: 'the host is a router' }),
      answers(FAR, {
        command: 'ip netns exec net1 ping -c 3 8.8.8.8',
        count: 3,
        proves: 'net1 reaches the internet',
        netns: NET1.netns,
      }),
      fetches(
        { server: { netns: OUTSIDE, port: 80 }, to: { address: FAR, port: 80 }, seenAs: '172.17.0.2' },
        {
          command: 'ip netns exec net1 curl http://8.8.8.8/',
          proves: 'a server there sees the address of eth0',
          netns: NET1.netns,
        },
      ),
      fetches(
        { server: { netns: NET2.netns, port: 80 }, to: { address: NET2.ip, port: 80 }, seenAs: NET1.ip },
        {
          command: 'ip netns exec net1 curl http://10.100.0.20/',
          proves: 'and net2 that of net1: "! -o br00" spares what stays inside',
          netns: NET1.netns,
        },
      ),
    ],
  },
]

/** The second script, down. */
export const bridgeDown: readonly Step[] = [
  {
    title: 'Down: delete the namespaces',
    why:
      'As in the first script, the namespaces go and their cables with them. But this script has also made a bridge, a rule and ' +
      'a router of the host itself, and those stay.',
    actions: namespaces.map(({ netns, op }) => ({ command: `ip netns delete ${netns}`, undo: [op] })),
    checks: [
      namespacesAreGone([NET1.netns, NET2.netns], { command: 'ip netns list', proves: 'neither is there any more' }),
      linksAre({ absent: [NET1.port, NET2.port] }, { command: 'ip link', proves: 'the cables went with them' }),
      linkIs(
        BRIDGE.link,
        { what: 'there still', when: ({ linkinfo }) => linkinfo?.kind === 'bridge' },
        { command: 'ip link show br00', proves: 'the bridge is left behind, and going up again would fail' },
      ),
    ],
  },
  {
    title: 'Take away what is left on the host',
    why: 'What was done to the host has to be undone on the host. Of the rule it takes the same words, with -D for -A.',
    actions: [
      {
        command: 'iptables -t nat -D POSTROUTING -s 10.100.0.1/16 ! -o br00 -j MASQUERADE',
        undo: [masked],
        correction: leftBehind,
      },
      { command: "bash -c 'echo 0 > /proc/sys/net/ipv4/ip_forward'", undo: [router], correction: leftBehind },
      { command: 'ip link delete br00', undo: [switchboard], correction: leftBehind },
    ],
    checks: [
      linksAre(
        { present: ['lo', 'eth0'], only: true },
        { command: 'ip link', proves: 'the host has no other links than at the beginning' },
      ),
      sysctlIs('net.ipv4.ip_forward', '0', { command: 'sysctl net.ipv4.ip_forward', proves: 'the host is no router' }),
    ],
  },
]
