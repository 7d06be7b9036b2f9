import { addAddress, createLink, createNetns, createTun, moveToNetns, type Op, setUp } from '../../ops/index.ts'
import { answers, fetches, isSilent, linkIs, OUTSIDE, processAnswers } from '../checks/index.ts'
import type { Step } from '../tutorial.ts'
import { UPLINK } from './names.ts'

/** Why an op cannot be done here, found by trying; undefined where it can. */
const whyNot =
  (what: string, op: Op): Step['unable'] =>
  async (context) => {
    try {
      await op.undo(await op.do(context), context)
      return undefined
    } catch (error) {
      return `There is no ${what} here: ${error instanceof Error ? error.message : error}.`
    }
  }

const ROUTER = '172.17.0.1'

/** A container whose link lies directly on eth0. */
function directly(kind: 'macvlan' | 'ipvlan', netns: string, ip: string, step: Pick<Step, 'title' | 'why'>): Step {
  const name = `${kind}0`
  const mode = kind === 'macvlan' ? 'bridge' : 'l2'
  const make =
    kind === 'macvlan'
      ? createLink({ name, kind, data: { mode: 'bridge' }, on: 'eth0' })
      : createLink({ name, kind, data: { mode: 'l2' }, on: 'eth0' })
  return {
    ...step,
    anew: true,
    unable: whyNot(kind, make),
    actions: [
      { command: `ip netns add ${netns}`, op: createNetns(netns) },
      { command: `ip link add ${name} link eth0 type ${kind} mode ${mode}`, op: make },
      { command: `ip link set ${name} netns ${netns}`, op: moveToNetns({ link: name, to: netns }) },
      {
        command: `ip -n ${netns} addr add ${ip}/16 dev ${name}`,
        op: addAddress({ link: name, address: `${ip}/16`, netns }),
      },
      { command: `ip -n ${netns} link set ${name} up`, op: setUp({ link: name, netns }) },
    ],
    checks: [
      linkIs(
        name,
        {
          what: `of kind ${kind}, and up`,
          when: ({ linkinfo, flags }) => linkinfo?.kind === kind && flags.includes('up'),
        },
        { command: `ip -n ${netns} -details link show ${name}`, proves: 'the container has its own link', netns },
      ),
      answers(ROUTER, {
        command: `ip netns exec ${netns} ping 172.17.0.1`,
        proves: 'it reaches the router of the network that eth0 is in, with no bridge in between',
        netns,
      }),
      fetches(
        { server: { netns: OUTSIDE, port: 80 }, to: { address: ROUTER, port: 80 }, seenAs: ip },
        {
          command: `ip netns exec ${netns} curl http://172.17.0.1/`,
          proves: 'which sees the address of the container',
          netns,
        },
      ),
      isSilent(UPLINK, {
        command: `ip netns exec ${netns} ping 172.17.0.2`,
        proves: 'the host itself it does not reach: what lies on eth0 and eth0 do not hear each other',
        netns,
      }),
    ],
  }
}

const tun = createTun({ name: 'tun0' })

/** The kinds of links that the document names besides cables and bridges. */
export const devices: readonly Step[] = [
  {
    title: 'A link that leads into a process: TUN',
    why:
      'What the kernel sends by a tun link, a process reads, packet by packet; what the process writes, the kernel receives. That is ' +
      'how a VPN in an ordinary program works. Here the process is this one, and it answers pings for 10.9.0.2, which is nowhere.',
    anew: true,
    unable: whyNot('tun', tun),
    actions: [
      { command: 'ip tuntap add dev tun0 mode tun', op: tun },
      { command: 'ip addr add 10.9.0.1/24 dev tun0', op: addAddress({ link: 'tun0', address: '10.9.0.1/24' }) },
      { command: 'ip link set tun0 up', op: setUp({ link: 'tun0' }) },
    ],
    checks: [
      linkIs(
        'tun0',
        { what: 'without a carrier', when: ({ flags }) => flags.includes('up') && !flags.includes('lower-up') },
        { command: 'ip link show tun0', proves: 'the other end of the cable is loose as long as no process holds it' },
      ),
      processAnswers('tun0', '10.9.0.2', {
        command: 'ping 10.9.0.2',
        proves: 'a program has read the ping and written the answer',
      }),
    ],
  },
  directly('macvlan', 'mac1', '172.17.0.10', {
    title: 'A container directly on eth0: macvlan',
    why:
      'A macvlan is a second network card on the cable of eth0, with an Ethernet address of its own. In a container it makes that a ' +
      'member of the network of the host: without bridge, forwarding or address translation.',
  }),
  directly('ipvlan', 'ipv1', '172.17.0.11', {
    title: 'A container with the card of eth0: ipvlan',
    why:
      'An ipvlan has the Ethernet address of eth0, and is told from it by its IP address alone. That is for networks that allow ' +
      'only one card at a cable, as wireless ones and many clouds do.',
  }),
]
