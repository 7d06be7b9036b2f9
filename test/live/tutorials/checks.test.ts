import { describe, expect, test } from 'vitest'
import { runScript } from '../child.ts'
import { noWorldReason } from '../world.ts'

const reason = noWorldReason()

/** Each check twice: where it must pass, and where it must not. */
const script = `
import { addAddress, addRoute, attachToBridge, createBridge, createNetns, createVethPair, enterSandbox, setUp, plan } from './src/ops/index.ts'
import * as check from './src/tutorials/checks/index.ts'

await enterSandbox()
await plan('lab', [
  createNetns('red'),
  createBridge({ name: 'br0' }),
  createVethPair({ name: 'port', peer: { name: 'eth0', netns: 'red' } }),
  createVethPair({ name: 'loose', peer: { name: 'other' } }),
  attachToBridge({ link: 'port', bridge: 'br0' }),
  addAddress({ link: 'br0', address: '10.0.0.1/24', broadcast: '+' }),
  addAddress({ link: 'eth0', address: '10.0.0.2/24', netns: 'red' }),
  setUp({ link: 'br0' }), setUp({ link: 'port' }), setUp({ link: 'lo', netns: 'red' }), setUp({ link: 'eth0', netns: 'red' }),
  addRoute({ dst: '10.9.0.0/16', via: '10.0.0.2' }),
]).do()
const at = { proves: '' }
const inRed = { proves: '', netns: 'red' }
const page = (port, more = {}) => ({ server: { netns: 'red', port: 80 }, to: { address: '10.0.0.2', port }, ...more })
const kind = (name) => ({ what: name, when: ({ linkinfo }) => linkinfo?.kind === name })
const checks = {
  portsOf: [check.portsOf('br0', ['port'], at), check.portsOf('br0', ['port', 'loose'], at)],
  namespacesExist: [check.namespacesExist(['red'], at), check.namespacesExist(['red', 'blue'], at)],
  namespacesAreGone: [check.namespacesAreGone(['blue'], at), check.namespacesAreGone(['red'], at)],
  'linksAre present': [check.linksAre({ present: ['br0'] }, at), check.linksAre({ present: ['br1'] }, at)],
  'linksAre absent': [check.linksAre({ absent: ['br1'] }, at), check.linksAre({ absent: ['br0'] }, at)],
  'linksAre only': [check.linksAre({ present: ['lo', 'eth0'], only: true }, inRed), check.linksAre({ present: ['lo'], only: true }, inRed)],
  linkIs: [check.linkIs('br0', kind('bridge'), at), check.linkIs('br0', kind('veth'), at)],
  hasAddress: [check.hasAddress('br0', { address: '10.0.0.1/24', broadcast: '10.0.0.255' }, at), check.hasAddress('br0', { address: '10.0.0.1/24', broadcast: '10.0.0.254' }, at)],
  hasRoute: [check.hasRoute({ dst: '10.9.0.0/16', via: '10.0.0.2', link: 'br0' }, at), check.hasRoute({ dst: '10.9.0.0/16', via: '10.0.0.3' }, at)],
  answers: [check.answers('10.0.0.2', { proves: '', count: 3, size: 1400 }), check.answers('10.0.0.3', at)],
  'answers outside': [check.answers('172.17.0.2', { proves: '', netns: check.OUTSIDE }), check.answers('10.0.0.1', { proves: '', netns: check.OUTSIDE })],
  isSilent: [check.isSilent('10.0.0.3', at), check.isSilent('10.0.0.2', at)],
  hasNoRoute: [check.hasNoRoute('8.8.8.8', inRed), check.hasNoRoute('10.0.0.3', inRed)],
  neighboursAre: [check.neighboursAre({ known: ['10.0.0.2'], unknown: ['10.0.0.3'] }, at), check.neighboursAre({ unknown: ['10.0.0.2'] }, at)],
  'neighboursAre known': [check.neighboursAre({ known: ['10.0.0.1'] }, inRed), check.neighboursAre({ known: ['10.0.0.7'] }, inRed)],
  sysctlIs: [check.sysctlIs('net.ipv4.ip_forward', '0', at), check.sysctlIs('net.ipv4.ip_forward', '1', at)],
  fetches: [check.fetches(page(80, { seenAs: '10.0.0.1' }), at), check.fetches(page(80, { seenAs: () => '10.0.0.9' }), at)],
  'fetches refused': [check.fetches(page(80), inRed), check.fetches(page(81), at)],
  cannotFetch: [check.cannotFetch(page(81), at), check.cannotFetch(page(80), at)],
}
const outcomes = {}
const judge = async ([name, both]) => {
  outcomes[name] = []
  for (const one of both) {
    // A check that throws is one that fails, as for whoever runs a tutorial.
    const { passed, found } = await one.run({}).catch((error) => ({ passed: false, found: error.message }))
    outcomes[name].push(passed)
    if (found === '') outcomes[name].push('says nothing')
  }
}
// Most of the time is spent waiting for what does not come. The servers of the pages all want the same port.
const isOfPages = ([name]) => /etch/.test(name)
await Promise.all(Object.entries(checks).filter((entry) => !isOfPages(entry)).map(judge))
for (const entry of Object.entries(checks).filter(isOfPages)) await judge(entry)
console.log(JSON.stringify(outcomes))
`

describe.skipIf(reason)(`checks of tutorials${reason ? ` (skipped: ${reason})` : ''}`, () => {
  test('each passes where it is so, and fails where it is not', async () => {
    const { stdout, stderr, status } = await runScript(script, { timeout: 60_000 })
    expect([status, stderr]).toEqual([0, ''])
    const outcomes = JSON.parse(stdout) as Record<string, unknown[]>
    expect(Object.keys(outcomes).length).toBe(19)
    for (const [name, outcome] of Object.entries(outcomes)) expect(outcome, name).toEqual([true, false])
  }, 90_000)
})
