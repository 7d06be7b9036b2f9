import { describe, expect, test } from 'vitest'
import { runScript } from '../live/child.ts'

/** What the command line says on stderr. */
async function complaint(argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stderr } = await runScript(
    `
    import { run } from './src/cli/run.ts'
    process.exitCode = await run('ip', process.argv.slice(2))
    `,
    { args: [...argv], env: { ...process.env, ...env } },
  )
  return stderr
}

describe('what is said beyond an error', () => {
  test('is nothing where nobody asks, and there is no terminal', async () => {
    expect(await complaint(['link', 'shwo', 'x', 'y'])).not.toMatch(/mean/)
  })

  test.each([
    [['lnik'], 'Object "lnik" is unknown, try "ip help".\nDid you mean "link"?\n'],
    [['route', 'repalce'], 'Command "repalce" is unknown, try "ip route help".\nDid you mean "replace"?\n'],
    [['--detials', 'link'], 'Option "-detials" is unknown, try "ip -help".\nDid you mean "-details"?\n'],
    [['route', 'add', '10.0.0.0/8', 'meetric', '5'], /^Error: .*"meetric".*\nDid you mean "metric"\?\n$/],
    [['xyzzy'], 'Object "xyzzy" is unknown, try "ip help".\n'],
  ] as const)('%j, with --why, is what was perhaps meant', async (words, expected) => {
    const said = await complaint(['--why', ...words])
    if (typeof expected === 'string') expect(said).toBe(expected)
    else expect(said).toMatch(expected)
  })

  test('the variable asks as well', async () => {
    expect(await complaint(['lnik'], { IPTS_WHY: '1' })).toMatch(/Did you mean "link"/)
  })
})
