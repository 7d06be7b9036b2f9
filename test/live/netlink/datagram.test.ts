import { beforeAll, describe, expect, test } from 'vitest'
import { withNewNamespace } from '../../../src/libc/index.ts'
import { chain, openNetfilter, rule, table, transact, transactSync } from '../../../src/netfilter/index.ts'
import { type Socket, u16 } from '../../../src/netlink/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

// The family of nf_tables that User-Mode Linux has, too: its kernel is older than those that acknowledge the end of a batch.
const home = { family: 'bridge', table: 't' } as const
const place = { ...home, chain: 'c' } as const
const base = [table.add({ family: 'bridge', name: 't' }), chain.add({ ...home, name: 'c' })]
const counting = rule.add({ ...place, expressions: [{ name: 'counter', data: {} }] })

function noTablesReason(): string | undefined {
  const reason = noWorldReason()
  if (reason !== undefined) return reason
  try {
    withNewNamespace(() => {
      using socket = openNetfilter()
      transactSync(socket, base)
    })
    return undefined
  } catch (error) {
    return `the kernel has no nf_tables: ${(error as Error).message}`
  }
}
const reason = noTablesReason()

const NLMSG_ERROR = 2

describe.skipIf(reason)(`requests in one datagram${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let socket: Socket
  const answers: number[] = []
  beforeAll(() => {
    enterDisposableWorld()
    socket = openNetfilter({
      trace: ({ direction, bytes }) => {
        if (direction === 'received' && u16.at(bytes, 4) === NLMSG_ERROR) answers.push(u16.at(bytes, 4))
      },
    })
    return () => socket.close()
  })

  test('are known to be done by the acknowledgement of their end, or on kernels that have none of the last one', async () => {
    transactSync(socket, [...base, counting, counting])
    await transact(socket, [counting])
    expect(socket.requestSync(rule.list(home)).length).toBe(3)
    // One or two of each transaction, whatever it holds.
    expect(answers.length).toBeGreaterThanOrEqual(2)
    expect(answers.length).toBeLessThanOrEqual(4)
  })

  test('are known to be done by silence', () => {
    answers.length = 0
    transactSync(socket, [counting], { acknowledge: false })
    expect(socket.requestSync(rule.list(home)).length).toBe(4)
    expect(answers).toEqual([])
  })

  test.each([true, false])('are known not to be done (acknowledge: %s)', async (acknowledge) => {
    const wrong = [counting, chain.create({ ...home, name: 'c' })]
    expect(() => transactSync(socket, wrong, { acknowledge })).toThrow('create chain bridge t c: EEXIST')
    await expect(transact(socket, wrong, { acknowledge })).rejects.toMatchObject({ refusals: [{ index: 1 }] })
    expect(socket.requestSync(rule.list(home)).length).toBe(4)
  })

  test('go their way among others of the same socket', async () => {
    const before = (await socket.request(rule.list(home))).length
    const counts = await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        if (i % 3 === 0) await transact(socket, [counting, counting])
        else if (i % 3 === 1) await socket.request(chain.get({ ...home, name: 'c' }))
        return (await socket.request(rule.list(home))).length
      }),
    )
    expect(Math.max(...counts)).toBe(before + 20)
    expect(counts.every((count) => (count - before) % 2 === 0)).toBe(true)
  })

  test('say each by itself what became of it', async () => {
    const requests = [
      chain.get({ ...home, name: 'c' }),
      chain.get({ ...home, name: 'x' }),
      table.get({ family: 'bridge', name: 't' }),
    ]
    for (const { heard, overflowed } of [
      socket.datagramSync(requests),
      await socket.datagram(requests, { sequence: 77 }),
    ]) {
      expect(heard.map(({ replies, error }) => [replies.length, error?.message.split(':')[1]])).toEqual([
        [1, undefined],
        [0, ' ENOENT'],
        [1, undefined],
      ])
      expect(overflowed).toBe(false)
    }
  })

  test('end with their socket', async () => {
    const own = openNetfilter()
    const sent = transact(own, [counting])
    own.close()
    await expect(sent).rejects.toThrow('the socket was closed')
  })
})
