// A smoke of library and command line on the node that runs it: node .ci/smoke.js
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { env, execPath, version } from 'node:process'
import { link, netns, openRoute, ops } from 'ipts'
import { encodeRequest } from 'ipts/netlink'

const root = join(import.meta.dirname, '..')
const ipts = (words, input = '') =>
  execFileSync(execPath, [join(root, 'dist/ipts.cjs'), ...words], { encoding: 'utf8', input })

const request = Buffer.from(encodeRequest(link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'v1' } } }), 7))
const [answer] = ipts(['decode', '--hex'], `${request.toString('hex')}\n`)
  .trim()
  .split('\n')
  .map(JSON.parse)
assert.equal(answer.reencoded, request.toString('hex'))
assert.equal(answer.message.name, 'v0')
assert.match(ipts(['-V']), /^ip utility, iproute2-[\d.]+, ipts \d+\.\d+\.\d+\n$/)
assert.equal(typeof netns.list, 'function')
assert.equal(typeof ops.plan, 'function')

const parts = ['codec', 'ipts -V', 'ipts decode']
// Native code: a socket is opened and closed, which asks the kernel for nothing.
const route = openRoute()
parts.push('a socket')
if (env.IPTS_RTNL !== 'dead') {
  const names = route.requestSync(link.list()).map(({ name }) => name)
  assert.ok(names.includes('lo'))
  assert.deepEqual(
    JSON.parse(ipts(['-j', 'link'])).map(({ ifname }) => ifname),
    names,
  )
  parts.push('links, synchronously and by ipts -j link')
  assert.equal((await route.request(link.list())).length, names.length)
  parts.push('links, asynchronously')
}
route.close()
console.log(`${version}: ${parts.join(', ')}`)
