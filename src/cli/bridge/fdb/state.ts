import { neighbour } from '../../../rtnl/index.ts'

type Neighbour = neighbour.Neighbour

/** The states of an entry as bits. */
export function stateBits({ state }: Neighbour): number {
  const bitOf = (item: Neighbour['state'][number]) =>
    typeof item === 'number' ? item : neighbour.NEIGHBOUR_STATES[item]
  return state.reduce<number>((bits, item) => bits | bitOf(item), 0)
}

/** The word for them; empty for an entry that has been learnt. */
export function stateText(entry: Neighbour, json: boolean): string {
  const { state } = entry
  if (state.includes('permanent')) return 'permanent'
  if (state.includes('noarp')) return 'static'
  if (state.includes('stale')) return 'stale'
  if (state.includes('reachable')) return ''
  const bits = stateBits(entry)
  const hex = bits === 0 ? '0' : `0x${bits.toString(16)}`
  return json ? hex : `state=${hex}`
}
