// Watches links come and go. A subscription that loses messages says so, and goes on: then it is time to list again.
import { groups, link, openRoute, ops } from 'ipts'

await ops.enterSandbox({ uplink: false })
using socket = openRoute()
using events = socket.subscribe([groups.link])

await socket.batch([link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'v1' } } }), link.delete('v0')])

let gone = 0
for await (const event of events) {
  if (event.event === 'resync') console.log(`messages were lost: ${event.reason}`)
  if (event.event !== 'message') continue
  const { name } = event.value as link.Link
  console.log(`${event.name} ${name}`)
  if (event.name === 'RTM_DELLINK' && ++gone === 2) break
}
