// A thousand routes in a few system calls, each with its own result: one of them is wrong, and is the only one to fail.
import { address, link, openRoute, ops, route } from 'ipts'

await ops.enterSandbox({ uplink: false })
using socket = openRoute()
await socket.request(link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'v1' } } }))
await socket.request(link.set({ name: 'v1', up: true }))
await socket.request(link.set({ name: 'v0', up: true }))
const { index } = await socket.request(link.get('v0'))
await socket.request(address.add({ index, address: '10.0.0.1/24' }))

const requests = Array.from({ length: 1000 }, (_, i) => {
  const via = i === 500 ? '172.16.0.1' : '10.0.0.2'
  return route.add({ dst: `10.1.${i >> 8}.${i & 255}/32`, via, metric: 100 })
})
const results = await socket.batch(requests)

const refused = results.filter((result) => !result.ok)
for (const { error } of refused) console.log(error.message)
const listed = await socket.request(route.list({ family: 'inet', oif: index }))
console.log(`${listed.filter(({ metric }) => metric === 100).length} routes added, ${refused.length} refused`)
