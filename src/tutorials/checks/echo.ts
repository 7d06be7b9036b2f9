import { type EchoOptions, type EchoResult, echo } from '../../ops/index.ts'
import type { Check } from '../tutorial.ts'
import { namespaceAt, type Wording } from './place.ts'

/** Long enough for a reply from another namespace, which takes far less than a millisecond, on a machine that has much else to do. */
const PATIENCE = 1000
/** How long a reply that is not to come is waited for. */
const SILENCE = 400

/** The address answers a ping, or every one of several. */
export function answers(address: string, wording: Wording & Pick<EchoOptions, 'size'>): Check {
  const { size, ...rest } = wording
  return pings(address, rest, { timeout: PATIENCE, size }, ({ outcome }) => outcome === 'reply')
}

/** The address does not answer a ping: nobody does, or the network says that it cannot be reached. */
export function isSilent(address: string, wording: Wording): Check {
  return pings(address, wording, { timeout: SILENCE }, ({ outcome }) => outcome !== 'reply')
}

/** There is no route to the address, so that nothing is even sent. */
export function hasNoRoute(address: string, wording: Wording): Check {
  const expected = (result: EchoResult) => result.outcome === 'error' && result.code === 'ENETUNREACH'
  return pings(address, wording, { timeout: SILENCE }, expected)
}

function pings(
  address: string,
  wording: Wording,
  options: EchoOptions,
  expected: (result: EchoResult) => boolean,
): Check {
  return {
    ...wording,
    async run({ signal }) {
      const result = await echo(address, { ...options, netns: namespaceAt(wording.netns), signal })
      return { passed: expected(result), found: resultWords(address, result) }
    },
  }
}

function resultWords(address: string, result: EchoResult): string {
  switch (result.outcome) {
    case 'reply':
      return `${result.from} answered in ${result.milliseconds.toFixed(2)} ms (ttl ${result.ttl})`
    case 'timeout':
      return `${address} did not answer within ${result.milliseconds} ms`
    case 'error':
      return `${result.from === undefined ? 'not sent' : `${result.from} says`}: ${result.reason} (${result.code})`
  }
}
