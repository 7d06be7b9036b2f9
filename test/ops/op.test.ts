import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ensure, type Op, PlanError, plan, UndoError } from '../../src/ops/index.ts'

/** A host that knows which of some letters are set, and what was done to it. */
function host() {
  const log: string[] = []
  const state = new Set<string>()
  const set = (name: string, faults: { do?: boolean; undo?: boolean } = {}): Op<{ was: boolean }> => ({
    summary: `set ${name}`,
    async do() {
      if (faults.do) throw new Error(`cannot set ${name}`)
      const was = state.has(name)
      state.add(name)
      log.push(`+${name}`)
      return { was }
    },
    async undo({ was }) {
      if (faults.undo) throw new Error(`cannot unset ${name}`)
      if (!was) state.delete(name)
      log.push(`-${name}`)
    },
    isDone: async () => state.has(name),
  })
  return { log, state, set }
}

describe('a plan', () => {
  test('is done in order and undone in reverse', async () => {
    const { log, state, set } = host()
    const abc = plan('abc', [set('a'), set('b'), set('c')])
    expect(await abc.isDone()).toBe(false)
    const done = await abc.do()
    expect(await abc.isDone()).toBe(true)
    await abc.undo(done)
    expect(log).toEqual(['+a', '+b', '+c', '-c', '-b', '-a'])
    expect([...state]).toEqual([])
  })

  test('leaves nothing behind, whichever step fails, also in plans within plans', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e')),
        async (groups, where, already) => {
          const { state, set } = host()
          for (const name of already) state.add(name)
          const failing = where % groups.flat().length
          let i = 0
          const nested = plan(
            'all',
            groups.map((group) =>
              plan(
                group.join(''),
                group.map((name) => set(name, { do: i++ === failing })),
              ),
            ),
          )
          await expect(nested.do()).rejects.toBeInstanceOf(PlanError)
          expect([...state].sort()).toEqual([...already].sort())
        },
      ),
    )
  })

  test('says which step failed and why', async () => {
    const { set } = host()
    const error = await plan('lab', [set('a'), set('b', { do: true })])
      .do()
      .catch((error) => error)
    expect(error).toMatchObject({ code: 'ERR_PLAN_FAILED', index: 1, step: 'set b', notUndone: [] })
    expect(error.message).toBe('lab: step 2, set b: cannot set b')
    expect(error.cause.message).toBe('cannot set b')
  })

  test('a step that cannot be undone does not keep the others from it', async () => {
    const { state, set } = host()
    const steps = [set('a'), set('b', { undo: true }), set('c')]
    const failed = await plan('lab', [...steps, set('d', { do: true })])
      .do()
      .catch((error) => error)
    expect(failed.notUndone).toMatchObject([{ step: 'set b' }])
    expect(failed.message).toContain('not undone: set b (cannot unset b)')
    expect([...state]).toEqual(['b'])
    const whole = plan('lab', steps)
    await expect(whole.undo(await whole.do())).rejects.toBeInstanceOf(UndoError)
    expect([...state]).toEqual(['b'])
  })

  test('a signal ends it between steps, and what was done is undone', async () => {
    const { state, set } = host()
    const controller = new AbortController()
    const reason = new Error('enough')
    const abort: Op = { ...set('b'), do: async () => controller.abort(reason), undo: async () => {} }
    const error = await plan('lab', [set('a'), abort, set('c')])
      .do({ signal: controller.signal })
      .catch((error) => error)
    expect(error).toMatchObject({ index: 2, cause: reason })
    expect([...state]).toEqual([])
  })
})

describe('ensure', () => {
  test('does what is not done, and undoes only what it did', async () => {
    const { log, state, set } = host()
    const a = ensure(set('a'))
    const first = await a.do()
    const second = await a.do()
    await a.undo(second)
    expect([...state]).toEqual(['a'])
    await a.undo(first)
    expect([...state]).toEqual([])
    expect(log).toEqual(['+a', '-a'])
  })

  test('of a plan does the steps that are not done', async () => {
    const { log, state, set } = host()
    state.add('b')
    const abc = ensure(plan('abc', [set('a'), set('b'), set('c')]))
    const done = await abc.do()
    expect(log).toEqual(['+a', '+c'])
    await abc.do()
    expect(log).toEqual(['+a', '+c'])
    await abc.undo(done)
    expect([...state]).toEqual(['b'])
  })

  test('somebody who was quicker is no failure, a failure is', async () => {
    const { state, set } = host()
    const raced: Op = {
      ...set('a'),
      async do() {
        state.add('a')
        throw new Error('exists')
      },
    }
    expect(await ensure(raced).do()).toBeUndefined()
    await expect(ensure(set('b', { do: true })).do()).rejects.toThrow('cannot set b')
  })
})
