// Two namespaces and a cable between them, in a sandbox: this process becomes a disposable host with a network of its own,
// so that nothing here touches the machine. Without root, it starts itself again in a user namespace.
import { netns, ops } from 'ipts'

await ops.enterSandbox({ uplink: false })

const lab = ops.plan('two hosts and a cable', [
  ops.createNetns('red'),
  ops.createNetns('blue'),
  ops.createVethPair({ name: 'eth0', netns: 'red', peer: { name: 'eth0', netns: 'blue' } }),
  ops.addAddress({ link: 'eth0', netns: 'red', address: '10.0.0.1/24' }),
  ops.addAddress({ link: 'eth0', netns: 'blue', address: '10.0.0.2/24' }),
  ops.setUp({ link: 'eth0', netns: 'red' }),
  ops.setUp({ link: 'eth0', netns: 'blue' }),
])

const done = await lab.do()
console.log(`namespaces: ${netns.list().sort().join(', ')}`)
const answer = await ops.echo('10.0.0.2', { netns: 'red' })
console.log(`10.0.0.2 ${answer.outcome === 'reply' ? 'answers' : 'is silent'}`)

await lab.undo(done)
console.log(`namespaces left: ${netns.list().length}`)
