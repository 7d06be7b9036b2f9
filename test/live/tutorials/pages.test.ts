import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { expect, test } from 'vitest'
import { noNatReason } from '../netfilter/kernel.ts'

const reason = noNatReason()
const root = join(import.meta.dirname, '../../..')
const NAME = 'docker-networking-demystified'

/** What belongs to a tutorial, by its path. */
function pagesIn(directory: string): Record<string, string> {
  const pictures = readdirSync(join(directory, 'pictures')).filter((file) => file.startsWith(NAME))
  const files = [`${NAME}.md`, ...pictures.map((file) => join('pictures', file))].sort()
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(directory, file), 'utf8')]))
}

test.skipIf(reason)(
  `a page and its pictures are those that a run gives${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    const out = mkdtempSync(join(tmpdir(), 'ipts-pages-'))
    try {
      const { status, stdout, stderr } = spawnSync(
        execPath,
        [join(root, 'scripts/tutorial-pages.js'), '--out', out, NAME],
        { encoding: 'utf8', timeout: 60_000 },
      )
      expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
      expect(pagesIn(out)).toEqual(pagesIn(join(root, 'docs/tutorials')))
    } finally {
      rmSync(out, { recursive: true, force: true })
    }
  },
  90_000,
)
