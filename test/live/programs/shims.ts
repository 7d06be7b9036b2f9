import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { env, execPath } from 'node:process'
import { shimNames, wholeShimNames, writeShims } from '../../../src/cli/shims/index.ts'
import { buildOurs } from '../cli/twin.ts'

const root = join(import.meta.dirname, '../../..')

/**
 * A new directory of the tools that `ipts shims` makes when none is named; the caller removes it. They are those of `dist` where `npm
 * test` has just built it.
 */
export function buildShims(): string {
  if (env.IPTS_BUILT !== undefined) {
    const directory = mkdtempSync(join(root, 'node_modules/.cache/ipts-test/shims-'))
    const built = join(root, 'dist')
    // A copy, which stays as it is when somebody builds meanwhile.
    for (const file of readdirSync(built).filter((name) => /\.(cjs|cache)$/.test(name))) {
      cpSync(join(built, file), join(directory, 'dist', file))
    }
    writeShims(directory, wholeShimNames(), { node: execPath, program: join(directory, 'dist/ipts.cjs') })
    return directory
  }
  const directory = buildOurs()
  for (const name of shimNames()) {
    if (!wholeShimNames().includes(name) && existsSync(join(directory, name))) rmSync(join(directory, name))
  }
  return directory
}
