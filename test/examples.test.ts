import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

describe('examples', () => {
  test('decode-hex needs no kernel', () => {
    const output = execFileSync(execPath, [join(root, 'scripts/example.js'), 'decode-hex'], { encoding: 'utf8' })
    const [operation, hex, value] = output.split('\n')
    expect(operation).toBe('add link vxlan0')
    // struct nlmsghdr: the length, RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK | NLM_F_EXCL | NLM_F_CREATE
    expect(hex).toMatch(/^58000000100005060100000000000000/)
    expect(value).toBe(`{ kind: 'vxlan', data: { id: 42, group: '239.1.1.1', port: 4789 } }`)
  })

  test('the README names each of them', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    const named = [...readme.matchAll(/\]\(examples\/([\w-]+\.ts)\)/g)].map(([, name]) => name)
    expect(named.sort()).toEqual(readdirSync(join(root, 'examples')).sort())
  })
})
