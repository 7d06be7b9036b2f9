import { type EchoOptions, type EchoResult, echo } from '../../ops/index.ts'
import type { Check } from '../tutorial.ts'
import { namespaceAt, type Wording } from './place.ts'

/**
 * A reply from another namespace takes far less than a millisecond. But where a bridge had no carrier yet, or a machine has much else to do,
 * the first question who has the address is lost, and the next one comes a second later.
 */
const PATIENCE = 3000
/** How long a reply that is not to come is waited for. */
const SILENCE = 400

/** The address answers a ping, or each of `count`; `size` is the bytes of each after its ICMP header. */
export function answers(
  address: string,
  wording: Wording & { readonly count?: number; readonly size?: number },
): Check {
  const { size, count = 1, ...rest } = wording
  const check = pings(address, rest, { timeout: PATIENCE, size }, ({ outcome }) => outcome === 'reply')
  if (count === 1) return check
  return {
    ...rest,
    async run(context) {
      const verdicts = []
      for (let i = 0; i < count; i++) verdicts.push(await check.run(context))
      const passed = verdicts.every((verdict) => verdict.passed)
      return { passed, found: (verdicts.find((verdict) => !verdict.passed) ?? verdicts.at(-1)!).found }
    },
  }
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
