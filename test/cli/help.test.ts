import { describe, expect, test } from 'vitest'
import { runScript } from '../live/child.ts'

/** What the command lines, each after the name that it is called by, say and give. */
async function say(...commands: string[]): Promise<{ readonly text: string; readonly statuses: readonly number[] }> {
  const { stdout, stderr } = await runScript(
    `
    import { writeSync } from 'node:fs'
    import { run } from './src/cli/run.ts'
    const statuses = []
    for (const command of process.argv.slice(2)) {
      const [program, ...words] = command.split(' ')
      statuses.push(await run(program, words))
    }
    writeSync(1, '\\n' + JSON.stringify(statuses))
    `,
    { args: commands },
  )
  const [, text = '', statuses = '[]'] = /^(.*)\n(.*)$/s.exec(stdout) ?? []
  return { text: text + stderr, statuses: JSON.parse(statuses) as number[] }
}

describe('help', () => {
  test('of an object comes for `ipts help OBJECT`, and not for `ip help OBJECT`', async () => {
    expect((await say('ipts help netns')).text).toMatch(/^Usage:\tip netns list\n/)
    expect((await say('/sbin/ip help netns')).text).toMatch(/^Usage: ip \[ OPTIONS \] OBJECT/)
    expect((await say('ipts help link vxlan')).text).toMatch(/^Usage: \.\.\. vxlan id VNI/)
  })

  test('what is still to come is named, and not unknown', async () => {
    const later = ['xfrm', 'mptcp', 'macsec', 'l2tp', 'fou', 'ila', 'ioam', 'sr']
    const { text, statuses } = await say(...later.map((object) => `ip ${object}`))
    expect(text).toBe(later.map((object) => `ipts: "${object}" is not supported yet.\n`).join(''))
    expect(statuses).toEqual(later.map(() => 1))
  })
})
