import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { encodeTransaction } from '../../../src/netfilter/index.ts'
import { toHex } from '../../../src/netlink/index.ts'
import { Rehearsal } from './commands.ts'

interface Captured {
  readonly command: string
  /** What iptables-restore read. */
  readonly input?: string
  readonly batch: string
}

const { batches } = JSON.parse(
  readFileSync(new URL('../../../fixtures/iptables-batches.json', import.meta.url), 'utf8'),
) as { batches: readonly Captured[] }

/** The number of the generation, which a batch's first message has: NFNL_BATCH_GENID, network byte order. */
const generationOf = (batch: string) => Number.parseInt(batch.slice(48, 56), 16)

async function ours({ command, input, batch }: Captured): Promise<string> {
  const rehearsal = new Rehearsal()
  const changes =
    input === undefined
      ? await rehearsal.run(command)
      : (await rehearsal.restore(input, { counters: command.endsWith('-c') }))[0]!
  const requests = changes.map((change) => change.make())
  return toHex(encodeTransaction(requests, { generation: generationOf(batch), sequence: 1, acknowledge: false }))
}

describe('what is sent for a command, in a rule set that is empty, is what iptables sends', () => {
  test('many commands', () => {
    expect(batches.length).toBeGreaterThan(100)
  })

  test.each(batches)('$command', async (captured) => {
    expect(await ours(captured)).toBe(captured.batch)
  })
})
