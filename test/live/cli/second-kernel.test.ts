import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { buildSync } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { noSecondKernelReason, runInSecondKernel } from '../../../scripts/second-kernel.js'
import type { Outcome } from './outcome.ts'
import { lineFiles, masked } from './twin.ts'

// The twin test's lines for kinds of links that machines often lack. One boot for all files: see inside-second-kernel.ts.
const root = join(import.meta.dirname, '../../..')
const files = lineFiles('lines-second-kernel')

interface Answer {
  readonly name: string
  readonly real: readonly Outcome[]
  readonly ours: readonly Outcome[]
}

async function runInside(): Promise<readonly Answer[]> {
  const cache = join(root, 'node_modules/.cache/ipts-test')
  mkdirSync(cache, { recursive: true })
  // Inside the repository, where koffi is found.
  const directory = mkdtempSync(join(cache, 'second-kernel-'))
  try {
    const [script, given, result] = ['inside.mjs', 'given', 'result'].map((name) => join(directory, name)) as [
      string,
      string,
      string,
    ]
    buildSync({
      entryPoints: [join(import.meta.dirname, 'inside-second-kernel.ts')],
      outfile: script,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
    })
    const commands = [...files].map(([name, lines]) => ({ name, commands: lines.map(({ command }) => command) }))
    writeFileSync(given, JSON.stringify(commands))
    const { error, status, stderr } = await runInSecondKernel([execPath, script, given, result], {
      modules: ['tun', 'ip_gre', 'ipip', 'sit', 'ip_vti', 'ip6_gre', 'ip6_tunnel', 'ip6_vti'],
      timeout: 400_000,
      cwd: root,
      env: { LC_ALL: 'C' },
      writable: [directory],
    })
    if (error) throw new Error(error)
    if (status !== 0) throw new Error(`ended with status ${status}: ${stderr}`)
    console.info(stderr?.trim())
    return JSON.parse(readFileSync(result, 'utf8')) as Answer[]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const reason = noSecondKernelReason()

describe.skipIf(reason)(
  `kinds of links in the second kernel, as ip has them${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    let answers: Promise<readonly Answer[]> | undefined

    test.each([...files])(
      '%s',
      async (name, lines) => {
        answers ??= runInside()
        const answer = (await answers).find((one) => one.name === name)
        const wrong: object[] = []
        for (const [i, { command, difference }] of lines.entries()) {
          const [expected, actual] = [masked(answer!.real[i]!, false), masked(answer!.ours[i]!, false)]
          const equal = JSON.stringify(expected) === JSON.stringify(actual)
          if (equal !== (difference === undefined)) wrong.push({ command, difference, expected, actual })
        }
        console.info(`${name}: ${lines.length} lines compared, ${lines.length - wrong.length} as they should be`)
        expect(wrong).toEqual([])
      },
      420_000,
    )
  },
)
