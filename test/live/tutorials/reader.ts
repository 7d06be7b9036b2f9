/** What somebody does who reads a document with a shell at hand, besides typing its lines. */
export interface Reader {
  /** Headings at which a fresh machine is taken. */
  readonly freshAt?: readonly string[]
  /** What stands for words between angle brackets. */
  readonly placeholders?: Readonly<Record<string, string>>
  /** Lines of the reader's own, by the line of the document that they follow. */
  readonly asides: readonly Aside[]
  /** Sections whose lines make a script, which is written down instead of being typed. */
  readonly scripts?: readonly Script[]
  /** How many pings are answered, every packet of them, and how many lose all. */
  readonly pings: { readonly answered: number; readonly lost: number; readonly refused: number }
}

interface Aside {
  readonly after: string
  /** Which of several equal lines, from 1. */
  readonly nth?: number
  readonly lines: readonly string[]
  readonly why: string
}

interface Script {
  readonly section: string
  readonly name: string
  /** What begins it, and ends it, where the document has the part between only. */
  readonly before?: readonly string[]
  readonly after: readonly string[]
  /** Lines that the document's text leaves out, by the line that they precede. */
  readonly insert?: Readonly<Record<string, string>>
  /** How it is run. */
  readonly lines: readonly string[]
}

/** Lines that are not typed, and why. */
export const skipped: readonly (readonly [line: RegExp, why: string])[] = [
  [/^docker /, 'there is no docker: the lines around it build what it would'],
  [/^(multipass|brew) /, 'makes a virtual machine: the hosts here are namespaces'],
  [/^apt-get /, 'for the inside of a docker container'],
  [/^dmesg$/, 'the log of the machine'],
  [/<namespace_name>/, 'for a namespace that is there already: typed where that is so'],
]

/**
 * `sudo` is left out: the reader is root. A ping that would go on for ever is stopped after two packets, and each is waited for for a
 * second.
 */
export function asTyped(line: string, placeholders: Readonly<Record<string, string>> = {}): string {
  const plain = line.replace(/^sudo /, '').replaceAll(/<\w+>/g, (word) => placeholders[word] ?? word)
  return /\bping \S/.test(plain) && !plain.includes(' -c ') ? `${plain} -c 2 -W 1 -i 0.2` : plain
}

const pictured = 'the document has it in a picture'
const unsaid = 'the document says so in words'

export const readers: Readonly<Record<string, Reader>> = {
  'virtual-networking': {
    placeholders: { '<container_ip>': '192.168.15.2' },
    asides: [
      {
        after: 'ping 192.168.15.1',
        why: 'two links of red have one address, and red answers by the wrong one',
        lines: [
          'ip -n red route',
          'ip netns exec red ip addr del 192.168.15.1/24 dev veth-ns',
          'ip netns exec red ip route add 192.168.15.10 dev veth-ns',
          'ip -n red route',
          'ping 192.168.15.1',
          'arp -n',
          'route -n',
        ],
      },
      {
        after: 'sudo ip netns add blue',
        nth: 2,
        why: 'both exist: the document says what to do then',
        lines: ['sudo ip netns del red', 'sudo ip netns del blue', 'sudo ip netns add red', 'sudo ip netns add blue'],
      },
      {
        after: 'sudo ip netns exec red ping 192.168.15.2',
        nth: 2,
        why: 'what docker would do: the host has an address at the bridge',
        lines: [
          'bridge link',
          'ip addr add 192.168.15.5/24 dev v-net-0',
          'ip addr',
          'iptables -S',
          'iptables -t nat -S',
        ],
      },
    ],
    pings: { answered: 4, lost: 1, refused: 0 },
  },
  'namespaces-and-docker': {
    asides: [
      {
        after: 'ip link set veth-blue-br master v-net-0',
        why: 'the document never makes these links',
        lines: [
          'ip -n red link del veth-red',
          'ip link add veth-red type veth peer name veth-red-br',
          'ip link add veth-blue type veth peer name veth-blue-br',
          'ip link set veth-red netns red',
          'ip link set veth-blue netns blue',
          'ip -n red addr add 192.168.15.1/24 dev veth-red',
          'ip -n blue addr add 192.168.15.2/24 dev veth-blue',
          'ip -n red link set veth-red up',
          'ip -n blue link set veth-blue up',
          'ip link set veth-red-br up',
          'ip link set veth-blue-br up',
          'ip link set veth-red-br master v-net-0',
          'ip link set veth-blue-br master v-net-0',
        ],
      },
      {
        after: 'ip link set v-net-0 up',
        why: unsaid,
        lines: ['ping 192.168.15.2', 'ip netns exec red ping 192.168.15.2'],
      },
      { after: 'ip addr add 192.168.15.5/24 dev v-net-0', why: unsaid, lines: ['ping 192.168.15.2', 'bridge link'] },
      {
        after: 'ip netns exec red ip route add 172.17.0.3/15 via 192.168.15.5/24',
        why: 'neither of them is what it should be: a network, and the address of a host',
        lines: [
          'ip netns exec red ip route add 172.17.0.3/15 via 192.168.15.5',
          'ip netns exec red ip route add 172.17.0.0/16 via 192.168.15.5',
          'ip -n red route',
        ],
      },
      {
        after: 'iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE',
        why: 'the document takes for granted that the host is a router',
        lines: ['sysctl -w net.ipv4.ip_forward=1'],
      },
      {
        after: 'ip netns exec red ip route add default via 192.168.15.5/24',
        why: 'the address of a gateway has no length',
        lines: ['ip netns exec red ip route add default via 192.168.15.5', 'ip netns exec red ip route'],
      },
    ],
    pings: { answered: 6, lost: 2, refused: 1 },
  },
  'container-networking': {
    freshAt: ['Multi-container single host'],
    asides: [
      {
        after: 'sudo ip -n container link set dev veth_0 up',
        why: pictured,
        lines: [
          'ip -br -c addr',
          'ip -n container -br -c addr',
          'ping 10.0.0.2',
          'sudo ip netns exec container ping 10.0.0.1',
          'sudo ip netns exec container ping 172.17.0.2',
        ],
      },
      {
        after: 'sudo ip -n container route add default via 10.0.0.1 dev veth_0',
        why: pictured,
        lines: ['sudo ip netns exec container ping 172.17.0.2', 'sudo ip netns exec container ping 8.8.8.8'],
      },
      {
        after: 'sudo iptables -I FORWARD -o veth0 -i eth0 -j ACCEPT',
        why: 'the document takes for granted that the host is a router',
        lines: [
          'sudo ip netns exec container ping 8.8.8.8',
          'sysctl -w net.ipv4.ip_forward=1',
          'sudo ip netns exec container ping 8.8.8.8',
          'iptables -L -n -v --line-numbers',
        ],
      },
      {
        after: 'sudo iptables -I FORWARD -o br0 -i eth0 -j ACCEPT',
        why: unsaid,
        lines: [
          'sysctl -w net.ipv4.ip_forward=1',
          'sudo ip netns exec ns1 ping 10.0.0.3',
          'sudo ip netns exec ns2 ping 10.0.0.2',
          'sudo ip netns exec ns1 ping 8.8.8.8',
          'sudo ip netns exec ns2 ping 8.8.8.8',
          'iptables -t nat -L -n',
          'bridge link',
        ],
      },
    ],
    pings: { answered: 8, lost: 2, refused: 1 },
  },
  'container-is-a-namespace': {
    asides: [],
    pings: { answered: 3, lost: 1, refused: 1 },
  },
  'docker-networking-demystified': {
    asides: [
      {
        after: 'sudo ip netns exec net1 ip a',
        why: 'the script brings veth1 up in the wrong namespace, and its pings are lost',
        lines: [
          'ip netns exec net1 ip link set veth1 up',
          'ip netns exec net1 ping -c 3 10.100.0.2',
          'ip netns exec net2 ping -c 3 10.100.0.1',
          './net.sh down',
          'ip netns list',
        ],
      },
    ],
    scripts: [
      {
        section: 'How it works',
        name: 'net.sh',
        insert: { 'if [ "$1" == "down" ]; then': 'fi' },
        after: ['fi'],
        lines: ["bash -c './net.sh up'"],
      },
      {
        section: "Let's create a bridge",
        name: 'bridge.sh',
        before: ['set -o pipefail', 'string="$1"', 'if [ "$string" = "up" ]; then'],
        after: ['fi', 'if [ "$1" == "down" ]; then', 'ip netns delete net1', 'ip netns delete net2', 'fi'],
        // Pictured or said: the bridge by brctl and by ifconfig.
        lines: [
          './bridge.sh up',
          'brctl show',
          'ifconfig',
          'ifconfig br00',
          './bridge.sh down',
          'brctl show',
          'ip link',
          'iptables -t nat -S',
        ],
      },
    ],
    pings: { answered: 5, lost: 1, refused: 1 },
  },
}
