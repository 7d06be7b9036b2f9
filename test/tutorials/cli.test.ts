import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tutorials } from '../../src/tutorials/index.ts'

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
    expect(execFileSync(execPath, [program, 'list'], { encoding: 'utf8' }).split('\n')).toEqual([
      'virtual-networking             Virtual Networking: From Basics to Docker and Beyond',
      'namespaces-and-docker          Networking Concepts with Network Namespaces and Docker Containers',
      'container-networking           Container Networking',
      'container-is-a-namespace       A Container Is a Linux Namespace and Networking Basics',
      'docker-networking-demystified  Docker Networking Demystified',
      '',
    ])
  })

  test('show prints the steps and the commands, in at most 100 columns', () => {
    const { status, stdout, stderr } = run('show', 'container-is-a-namespace')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain(' 3  Create a cable for each namespace\n')
    expect(stdout).toContain('    $ sudo ip link add veth-pb type veth peer name bread-pb-veth\n')
    expect(stdout).not.toContain('\x1b')
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([])
  })

  test.each([...tutorials.keys()])(
    'show %s fits a terminal, and says what is wrong and what need not be typed',
    (name) => {
      const { status, stdout, stderr } = run('show', name)
      expect([status, stderr]).toEqual([0, ''])
      expect(stdout.split('\n').filter((line) => line.length > 100 && !/^ *\$ /.test(line))).toEqual([])
      const { steps, unneeded = [] } = tutorials.get(name)!
      for (const { title, actions } of steps) {
        expect(stdout).toContain(title)
        for (const { command } of actions) expect(stdout).toContain(`    $ ${command}\n`)
      }
      for (const { command } of unneeded) expect(stdout).toContain(`    $ ${command}\n`)
      expect(stdout.includes('        wrong  ')).toBe(
        steps.some(({ actions }) => actions.some((action) => 'mistake' in action)),
      )
    },
  )

  test.each([
    [[], /^ipts tutorial: expected list, show or run\nUsage: /],
    [['dance'], /^ipts tutorial: unknown command "dance"\nUsage: /],
    [['run'], /expected the name of one tutorial/],
    [['run', 'a', 'b'], /expected the name of one tutorial/],
    [['run', 'nothing'], /there is no tutorial "nothing", see "ipts tutorial list"/],
    [['show', 'container-is-a-namespace', '--json'], /--json is for "ipts tutorial run"/],
    [['run', 'container-is-a-namespace', '--exlpain'], /Unknown option '--exlpain'/],
    [
      ['run', 'container-is-a-namespace', '--json', '--step'],
      /--json is for programs, --step and --keep are for people/,
    ],
  ])('%j makes no sense', (args, message) => {
    const { status, stdout, stderr } = run(...args)
    expect([status, stdout]).toEqual([255, ''])
    expect(stderr).toMatch(message)
  })

  test('help', () => {
    for (const word of ['help', '--help', '-h']) {
      expect(run(word)).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^Usage: /) })
    }
  })
})
