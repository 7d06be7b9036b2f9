// Watches links come and go. A subscription that loses messages says so, and goes on: then it is time to list again.
import { groups, link, openRoute, ops } from 'ipts'

await ops.enterSandbox({ uplink: false })
using socket = openRoute()
using events = socket.subscribe([groups.link])

await socket.batch([link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'v1' } } }), link.delete('v0')])

let gone = 0
for await (const event of events) {
  if (event.event === 'resync') console.log(`messages were lost: ${event.reason}`)
  // The name of a message says what it holds: `event.value` is a link.
  if (event.event !== 'message') continue
  if (event.name !== 'RTM_NEWLINK' && event.name !== 'RTM_DELLINK') continue
  console.log(`${event.name} ${event.value.name}`)
  if (event.name === 'RTM_DELLINK' && ++gone === 2) break
}
