// 100,000 routes dumped and decoded, next to the floor (the same messages received and left alone), to npm's netlink and
// to pyroute2.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { env } from 'node:process'
import { openRoute, route } from 'ipts'
import { AF_NETLINK, bind, close, netlinkAddress, Receiver, SOCK_RAW, send, socket } from '../dist/libc/index.js'
import { atMost, faster, missing, note, report, takeTurns } from './measure.js'
import { COUNT, clear, device, fill } from './routes.js'

using_(openRoute(), async (ours) => {
  const index = device(ours)
  clear(ours)
  fill(ours, index)
  const what = `${COUNT.toLocaleString('en')} routes dumped and decoded`

  const dump = route.list({ family: 'inet', table: 254 })
  // Each beside the floor alone: where V8 puts what one of them makes is by what it has seen survive before.
  const besideFloor = (ours) => takeTurns({ floor: receiveOnly, ours }, { rounds: 15, warmUp: 5 })
  const sync = await besideFloor(() => enough(ours.requestSync(dump).length))
  const awaited = await besideFloor(async () => enough((await ours.request(dump)).length))
  const streamed = await besideFloor(() => {
    let count = 0
    for (const _ of ours.streamSync(dump)) count++
    enough(count)
  })
  report(
    note('  received and left alone (the floor)', 'ms', sync.floor),
    atMost(2, what, 'ms', sync.ours, 'receive alone', sync.floor),
    atMost(2, `${what} by await request`, 'ms', awaited.ours, 'receive alone', awaited.floor),
    note('  the same by streamSync', 'ms', streamed.ours),
  )

  if (env.IPTS_BENCH_NETLINK) {
    const { createRtNetlink } = createRequire(join(env.IPTS_BENCH_NETLINK, 'x.js'))('netlink')
    const peer = createRtNetlink()
    const { netlink } = await takeTurns(
      { netlink: async () => enough((await peer.getRoutes({ family: 2, table: 254 })).length) },
      { rounds: 5, warmUp: 1 },
    )
    report(faster(3, what, 'ms', sync.ours, 'npm netlink', netlink))
    peer.socket.close()
  } else report(missing(what, 'npm netlink', env.IPTS_BENCH_NO_NETLINK))

  if (env.IPTS_BENCH_PYTHON) {
    const script = join(import.meta.dirname, 'pyroute2-dump.py')
    const [count, milliseconds] = execFileSync(env.IPTS_BENCH_PYTHON, [script], { encoding: 'utf8' })
      .split(' ')
      .map(Number)
    enough(count)
    report(faster(30, what, 'ms', sync.ours, 'pyroute2', milliseconds))
  } else report(missing(what, 'pyroute2', env.IPTS_BENCH_NO_PYTHON))
})

async function using_(resource, action) {
  try {
    await action(resource)
  } finally {
    resource.close()
  }
}

function enough(count) {
  if (count < COUNT) throw new Error(`only ${count} of ${COUNT} routes came`)
}

/** A dump into a 256 KiB buffer, of which only the last message's type is looked at. */
function receiveOnly() {
  const fd = socket(AF_NETLINK, SOCK_RAW, 0)
  try {
    bind(fd, netlinkAddress(0, 0))
    const receiver = new Receiver(256 * 1024)
    // struct nlmsghdr { 28, RTM_GETROUTE, NLM_F_REQUEST | NLM_F_DUMP, 1, 0 } and struct rtmsg { AF_INET }
    const request = new Uint8Array(28)
    request.set([28, 0, 0, 0, 26, 0, 1, 3, 1])
    request[16] = 2
    send(fd, request)
    for (;;) {
      const length = receiver.receive(fd)
      // NLMSG_DONE, 20 bytes long, ends a datagram.
      if (receiver.bytes[length - 20] === 20 && receiver.bytes[length - 16] === 3) return
    }
  } finally {
    close(fd)
  }
}
