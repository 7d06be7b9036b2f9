// A container behind NAT, in a sandbox: its packets leave with the host's address, and the kernel says how it remembers that.
import { createServer } from 'node:net'
import { conntrack, firewall, openNetfilter, ops } from 'ipts'

const { outside } = await ops.enterSandbox()
await ops
  .plan('a container', [
    ops.createNetns('box'),
    ops.createVethPair({ name: 'veth0', peer: { name: 'eth0', netns: 'box' } }),
    ops.addAddress({ link: 'veth0', address: '10.0.0.1/24' }),
    ops.addAddress({ link: 'eth0', netns: 'box', address: '10.0.0.2/24' }),
    ops.setUp({ link: 'veth0' }),
    ops.setUp({ link: 'eth0', netns: 'box' }),
    ops.addRoute({ netns: 'box', dst: 'default', via: '10.0.0.1' }),
    ops.enableForwarding(),
  ])
  .do()

using socket = openNetfilter()
await firewall.install(socket, [firewall.masquerade({ source: '10.0.0.0/24', out: 'eth0' })])

const server = createServer((client) => client.end(`you are ${client.remoteAddress?.replace('::ffff:', '')}\n`))
await ops.listen(server, { netns: outside, port: 80 })
const client = await ops.connectTcp({ netns: 'box', host: '8.8.8.8', port: 80 })
for await (const answer of client) process.stdout.write(`8.8.8.8: ${answer}`)
server.close()

for (const connection of await socket.request(conntrack.list({ status: ['src-nat'] }))) {
  const { source } = conntrack.nat(connection)
  console.log(`${source?.from.address} leaves as ${source?.to.address}`)
}
await firewall.uninstall(socket)
