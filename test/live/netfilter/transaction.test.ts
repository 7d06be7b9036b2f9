import { execFile, execFileSync } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  chain,
  commentOf,
  commentUserdata,
  echo,
  generation,
  openNetfilter,
  readRuleset,
  readRulesetSync,
  rule,
  StaleGenerationError,
  TransactionError,
  table,
  transact,
  transactSync,
} from '../../../src/netfilter/index.ts'
import { NetlinkError, type Socket } from '../../../src/netlink/index.ts'
import { runScript } from '../child.ts'
import { enterDisposableWorld } from '../world.ts'
import { withoutReason } from './lab.ts'

const reason = withoutReason('nft', 'iptables')

const nft = (words: string) => execFileSync('nft', words.split(' '), { encoding: 'utf8' })
const listed = () => nft('list ruleset')

const home = { family: 'ip', table: 't' } as const
const place = { ...home, chain: 'c' } as const
const accept = { name: 'immediate', data: { dreg: 0, data: { verdict: { code: 'accept' } } } } as const
const counter = { name: 'counter', data: {} } as const
const base = [table.add({ family: 'ip', name: 't' }), chain.add({ ...home, name: 'c' })] as const
const ruleOf = (comment: string) => rule.add({ ...place, expressions: [counter], userdata: commentUserdata(comment) })
const comments = (rules: readonly rule.Rule[]) => rules.map(({ userdata }) => commentOf(userdata))

function refusalOf(action: () => unknown): TransactionError {
  try {
    action()
  } catch (error) {
    if (error instanceof TransactionError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe.skipIf(reason)(`transactions${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let socket: Socket
  beforeAll(() => {
    enterDisposableWorld()
    socket = openNetfilter()
    return () => socket.close()
  })
  beforeEach(() => {
    nft('flush ruleset')
  })

  test('what is added is what nft sees', async () => {
    transactSync(socket, [
      ...base,
      chain.add({ ...home, name: 'in', hook: { name: 'input', priority: -5 }, policy: 'drop', type: 'filter' }),
      rule.add({ ...place, chain: 'in', expressions: [counter, accept], userdata: commentUserdata('first') }),
    ])
    await transact(socket, [rule.insert({ ...place, chain: 'in', expressions: [accept] })])
    expect(listed()).toBe(`table ip t {
	chain c {
	}

	chain in {
		type filter hook input priority filter - 5; policy drop;
		accept
		counter packets 0 bytes 0 accept comment "first"
	}
}
`)
  })

  test('an echo says the handles that nft sees', async () => {
    const [, , first] = transactSync(socket, [...base, echo(ruleOf('one'))] as const)
    const [second] = await transact(socket, [echo(ruleOf('two'))] as const)
    expect(nft('-a list table ip t')).toMatch(
      new RegExp(`"one" # handle ${first.handle}\n.*"two" # handle ${second.handle}\n`),
    )
    const at = { ...place, handle: first.handle }
    const [again, removed, nothing] = transactSync(socket, [
      echo(rule.replace({ ...at, expressions: [accept] })),
      echo(rule.delete({ ...place, handle: second.handle })),
      echo(table.add({ family: 'ip', name: 't' })),
    ] as const)
    expect(again.expressions).toMatchObject([accept])
    expect(commentOf(removed.userdata)).toBe('two')
    expect(nothing).toBeUndefined()
    expect(nft('list chain ip t c')).toContain('accept')
  })

  test.each([true, false])(
    'each refusal names its change and attribute, and nothing is done (acknowledge: %s)',
    (acknowledge) => {
      transactSync(socket, base)
      const before = listed()
      const error = refusalOf(() =>
        transactSync(
          socket,
          [
            table.add({ family: 'ip', name: 'other' }),
            chain.create({ ...home, name: 'c' }),
            ruleOf('fine'),
            rule.add({ ...home, chain: 'nochain', expressions: [accept] }),
            rule.add({ ...place, expressions: [accept, { name: 'nosuch', data: new Uint8Array(4) }] }),
            rule.delete({ ...place, handle: 4_000_000_000 }),
          ],
          { acknowledge },
        ),
      )
      const said = error.refusals.map(({ index, error: { code, operation, attribute } }) => [
        index,
        code,
        operation,
        attribute,
      ])
      expect(said).toEqual([
        [1, 'EEXIST', 'create chain ip t c', 'name'],
        [3, 'ENOENT', 'add rule to ip t nochain', 'chain'],
        [4, 'ENOENT', 'add rule to ip t c', 'expressions.1'],
        [5, 'ENOENT', 'delete rule of ip t c handle 4000000000', 'handle'],
      ])
      expect(error.code).toBe('EEXIST')
      expect(error.message).toBe('create chain ip t c: EEXIST: File exists (at name) (and 3 more of 6 changes)')
      expect(error.errors.every((one) => one instanceof NetlinkError)).toBe(true)
      expect(listed()).toBe(before)
    },
  )

  test('awaited, the same', async () => {
    const failed = transact(socket, [...base, chain.create({ ...home, name: 'c' })])
    await expect(failed).rejects.toThrow(TransactionError)
    await expect(failed).rejects.toMatchObject({ code: 'EEXIST', refusals: [{ index: 2 }] })
    expect(listed()).toBe('')
  })

  test('without privilege the transaction as a whole is refused', async () => {
    const { stdout, stderr } = await runScript(
      `import { openNetfilter, table, transactSync } from './src/netfilter/index.ts'
       try { transactSync(openNetfilter(), [table.add({ family: 'ip', name: 't' })]) }
       catch ({ name, code, refusals }) { console.log(name, code, refusals.map(({ index }) => index)) }`,
      { command: ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] },
    )
    expect(stdout || stderr).toBe('TransactionError EPERM [ undefined ]\n')
  })

  test('silence is success', () => {
    expect(transactSync(socket, [...base, ruleOf('quiet')], { acknowledge: false })).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(listed()).toContain('quiet')
  })

  test('no changes are no transaction', async () => {
    const before = socket.requestSync(generation.get()).id
    expect(transactSync(socket, [])).toEqual([])
    expect(await transact(socket, () => [])).toEqual([])
    expect(socket.requestSync(generation.get()).id).toBe(before)
  })

  test('one that is based on what others have changed is made anew', async () => {
    transactSync(socket, base)
    let calls = 0
    const changes = () => {
      calls++
      const names = socket.requestSync(table.list()).map(({ name }) => name)
      if (calls === 1) nft('add table ip theirs')
      return [ruleOf(names.join(' '))]
    }
    transactSync(socket, changes)
    expect(calls).toBe(2)
    expect(listed()).toContain('comment "t theirs"')
    calls = 0
    nft('delete table ip theirs')
    await transact(socket, async () => changes())
    expect(calls).toBe(2)
  })

  test('and ends when others always win', async () => {
    transactSync(socket, base)
    let calls = 0
    const disturbed = () => {
      nft(`add table ip x${calls++}`)
      return [ruleOf('late')]
    }
    expect(() => transactSync(socket, disturbed, { attempts: 3 })).toThrow(StaleGenerationError)
    await expect(transact(socket, disturbed, { attempts: 3 })).rejects.toMatchObject({ attempts: 3 })
    expect(calls).toBe(6)
    expect(listed()).not.toContain('late')
  })

  test('of many at once each sees what those before it did', async () => {
    transactSync(socket, base)
    const sockets = [1, 2, 3, 4].map(() => openNetfilter())
    try {
      await Promise.all(
        sockets.map(async (own) => {
          for (let i = 0; i < 15; i++) {
            await transact(own, async () => [ruleOf(String((await own.request(rule.list(place))).length))])
          }
        }),
      )
    } finally {
      for (const own of sockets) own.close()
    }
    const expected = Array.from({ length: 60 }, (_, i) => String(i))
    expect(comments(socket.requestSync(rule.list(place)))).toEqual(expected)
  })

  test('others who change rules meanwhile lose nothing, and neither do we', async () => {
    transactSync(socket, base)
    const script = 'for i in $(seq 25); do iptables -A INPUT -m comment --comment "theirs $i" -j ACCEPT || exit 1; done'
    const theirs = promisify(execFile)('sh', ['-c', script])
    for (let i = 0; i < 200; i++) {
      await transact(socket, async () => [ruleOf(String((await socket.request(rule.list(place))).length))])
    }
    await theirs
    expect(comments(socket.requestSync(rule.list(place)))).toEqual(Array.from({ length: 200 }, (_, i) => String(i)))
    expect(execFileSync('iptables', ['-S', 'INPUT'], { encoding: 'utf8' }).match(/theirs/g)?.length).toBe(25)
  })

  test('a whole rule set is of one generation, whatever goes on', async () => {
    transactSync(socket, base)
    const fill = (mark: string) => [rule.flush(place), ...Array.from({ length: 300 }, () => ruleOf(mark))]
    transactSync(socket, fill('0'))
    using writer = openNetfilter()
    let done = false
    const writing = (async () => {
      for (let i = 1; i <= 60; i++) {
        await transact(writer, fill(String(i)))
        await setTimeout(Math.random() * 20)
      }
      done = true
    })()
    const marks = new Set<string | undefined>()
    while (!done) {
      const { rules } = await readRuleset(socket)
      const seen = new Set(comments(rules))
      expect(rules.length).toBe(300)
      expect(seen.size).toBe(1)
      for (const mark of seen) marks.add(mark)
    }
    await writing
    expect(comments(readRulesetSync(socket).rules)[0]).toBe('60')
    expect(marks.size).toBeGreaterThan(1)
  })

  test('twenty thousand changes are one datagram', async () => {
    const many = Array.from({ length: 20_000 }, () => rule.add({ ...place, expressions: [counter] }))
    transactSync(socket, [...base, ...many])
    await transact(socket, many.slice(0, 5000))
    expect(socket.requestSync(rule.list(place)).length).toBe(25_000)
    const wrong = many.slice(0, 5000).map(() => rule.add({ ...home, chain: 'nochain', expressions: [counter] }))
    const { refusals } = refusalOf(() => transactSync(socket, wrong))
    expect(refusals.length).toBeGreaterThan(1000)
    expect(socket.requestSync(rule.list(place)).length).toBe(25_000)
  })

  test('an aborted one is not sent', async () => {
    const controller = new AbortController()
    const failed = transact(socket, base, { signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(failed).rejects.toThrow('enough')
    expect(listed()).toBe('')
  })

  test('a change alone is refused by the kernel', () => {
    expect(() => socket.requestSync(table.add({ family: 'ip', name: 't' }))).toThrow('add table ip t: EINVAL')
  })
})
