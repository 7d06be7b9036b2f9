import { currentSandbox } from '../ops/index.ts'
import { arrange, drawText, readTopology, type Topology } from '../topology/index.ts'

/** What the network looks like, from one step to the next. */
export interface Pictures {
  /** The topology, where a picture of it differs from the one before. */
  next(): Promise<Topology | undefined>
}

/** Begins with what there is now. The outside world of the sandbox, which has no name, is in the pictures too. */
export async function startPictures(): Promise<Pictures> {
  const look = async () => {
    const outside = currentSandbox()?.outside
    const topology = await readTopology(outside && { others: new Map([['outside', outside]]) })
    return { topology, drawn: drawText(arrange(topology)) }
  }
  let { drawn: last } = await look()
  return {
    async next() {
      const { topology, drawn } = await look()
      if (drawn === last) return undefined
      last = drawn
      return topology
    },
  }
}
