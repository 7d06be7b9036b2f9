import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** What needs no kernel: listing, showing, and command lines that make no sense. */
describe('ipts tutorial', () => {
  const directory = mkdtempSync(join(import.meta.dirname, '../../node_modules/.cache/ipts-tutorial-'))
  const program = join(directory, 'tutorial.mjs')
  beforeAll(() =>
    buildSync({
      stdin: {
        contents: `import { main } from './src/cli/tutorial/index.ts'; process.exitCode = await main(process.argv.slice(2))`,
        resolveDir: join(import.meta.dirname, '../..'),
      },
      outfile: program,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
    }),
  )
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
  const run = (...args: string[]) => spawnSync(execPath, [program, ...args], { encoding: 'utf8' })

  test('list', () => {
    expect(execFileSync(execPath, [program, 'list'], { encoding: 'utf8' })).toBe(
      'container-is-a-namespace  A Container Is a Linux Namespace and Networking Basics\n',
    )
  })

  test('show prints the steps and the commands, in at most 100 columns', () => {
    const { status, stdout, stderr } = run('show', 'container-is-a-namespace')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain(' 3  Create a cable for each namespace\n')
    expect(stdout).toContain('    $ sudo ip link add veth-pb type veth peer name bread-pb-veth\n')
    expect(stdout).not.toContain('\x1b')
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([])
  })

  test.each([
    [[], /^Usage: ipts tutorial/],
    [['dance'], /^ipts tutorial: unknown command "dance"\n$/],
    [['run'], /expected the name of one tutorial/],
    [['run', 'a', 'b'], /expected the name of one tutorial/],
    [['run', 'nothing'], /there is no tutorial "nothing", see "ipts tutorial list"/],
    [['show', 'container-is-a-namespace', '--json'], /unknown option --json/],
    [['run', 'container-is-a-namespace', '--exlpain'], /unknown option --exlpain/],
  ])('%j makes no sense', (args, message) => {
    const { status, stdout, stderr } = run(...args)
    expect([status, stdout]).toEqual([255, ''])
    expect(stderr).toMatch(message)
  })

  test('help', () => {
    expect(run('help')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^Usage: /) })
  })
})
