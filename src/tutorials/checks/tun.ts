import { decodeIcmp, echo, encodeEcho, openTun, readIpv4Header, waitForLink, withRoute } from '../../ops/index.ts'
import type { Check } from '../tutorial.ts'
import { namespaceAt, type Wording } from './place.ts'

/** This process holds the other end of a tun link, and answers the pings that come out of it. */
export function processAnswers(link: string, address: string, wording: Wording): Check {
  return {
    ...wording,
    async run({ signal }) {
      const netns = namespaceAt(wording.netns)
      let answered = 0
      using tun = openTun({
        name: link,
        netns,
        receive(packet) {
          const reply = replyTo(packet)
          if (reply === undefined) return
          tun.write(reply)
          answered++
        },
      })
      await withRoute(netns, {}, (route) =>
        // The kernel sends nothing before it has noticed that there is a carrier now.
        waitForLink(route, { name: link, when: ({ operstate }) => operstate !== 'down' }, { signal }),
      )
      const result = await echo(address, { netns, signal })
      const from = result.outcome === 'reply' ? result.from : result.outcome
      return {
        passed: from === address && answered === 1,
        found: `answered by this process: ${answered}; reply from ${from}`,
      }
    },
  }
}

const SOURCE = 12
const DESTINATION = 16

/** The answer to an IPv4 packet that is an echo request; undefined for any other. The addresses change places, so their sum stays. */
function replyTo(packet: Uint8Array): Uint8Array | undefined {
  const header = readIpv4Header(packet)
  if (header === undefined) return undefined
  const message = decodeIcmp('inet', packet.subarray(header.length))
  if (message.kind !== 'echo-request') return undefined
  const reply = packet.slice()
  reply.set(packet.subarray(SOURCE, SOURCE + 4), DESTINATION)
  reply.set(packet.subarray(DESTINATION, DESTINATION + 4), SOURCE)
  reply.set(encodeEcho('inet', { ...message, kind: 'echo-reply' }), header.length)
  return reply
}
