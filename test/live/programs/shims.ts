import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { shimNames, wholeShimNames } from '../../../src/cli/shims/index.ts'
import { buildOurs } from '../cli/twin.ts'

/** A new directory of the tools that `ipts shims` makes when none is named; the caller removes it. */
export function buildShims(): string {
  const directory = buildOurs()
  for (const name of shimNames()) if (!wholeShimNames().includes(name)) rmSync(join(directory, name))
  return directory
}
