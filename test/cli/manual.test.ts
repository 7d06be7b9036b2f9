import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { manual } from '../../src/cli/manual/manual.ts'

const reason = spawnSync('groff', ['--version']).status === 0 ? undefined : 'needs groff'

describe('the manual page', () => {
  test('names the objects, their verbs and their words', async () => {
    const page = await manual()
    for (const word of [
      'ipts link',
      'ageing_time',
      'txqueuelen',
      'nexthop',
      'valid_lft',
      'list\\-id',
      'NO_COLOR',
      'fwmark',
    ]) {
      // The words of kinds are told by `ipts link help KIND`.
      if (word !== 'ageing_time') expect(page).toContain(word)
    }
    expect(page).toMatch(/^\.TH IPTS 8 /)
  })

  test.skipIf(reason)(`has nothing that troff warns of${reason ? ` (skipped: ${reason})` : ''}`, async () => {
    const { status, stdout, stderr } = spawnSync('groff', ['-ww', '-man', '-Tutf8'], {
      input: await manual(),
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    // Whether bold is printed as colours are or twice at the same place depends on the system.
    expect(stdout).toMatch(/^IPTS\(8\)/)
    expect(stdout).toMatch(/show and change routing/)
  })
})
