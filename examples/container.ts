// A web server in a container, as Docker would run it: a namespace at a bridge, with a way out and a published port, in one call. It
// takes place in a sandbox, so that nothing here touches the machine.
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { ops } from 'ipts'

const { outside } = await ops.enterSandbox()

const server = `require('net').createServer((socket) => socket.end('hello, ' + socket.remoteAddress)).listen(80, '0.0.0.0')`
const web = ops.connectContainer({
  name: 'web',
  process: { command: process.execPath, args: ['-e', server] },
  publish: ['8080:80'],
})
const container = await web.do()
console.log(`web is ${container.address}, at ${container.bridge}`)

// Somebody outside asks until the server listens.
const { port } = container.publish[0]!
const ask = () => ops.connectTcp({ host: '172.17.0.2', port, netns: outside }).catch(() => undefined)
let socket = await ask()
for (; socket === undefined; socket = await ask()) await sleep(20)
console.log(await text(socket))

await web.undo(container)
console.log(`containers left: ${(await ops.listContainers()).length}`)
