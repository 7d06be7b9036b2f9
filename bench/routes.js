// The table that routes are dumped from and added to: IPv4 /32 routes through one end of a veth pair.
import { env } from 'node:process'
import { address, link, openRoute, route } from 'ipts'
import { encodeRequest } from 'ipts/netlink'
import { AF_NETLINK, bind, close, netlinkAddress, SOCK_RAW, send, socket } from '../dist/libc/index.js'

export const COUNT = Number(env.IPTS_BENCH_COUNT ?? 100_000)

export const settings = (index, i) => ({ dst: `20.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}/32`, oif: index })

/** Makes the pair in this process's namespace, if there is none, and gives the index of its near end. */
export function device(socket) {
  const found = socket.requestSync(link.list()).find(({ name }) => name === 'bench0')
  if (found) return found.index
  socket.requestSync(link.add({ name: 'bench0', kind: 'veth', data: { peer: { name: 'bench1' } } }))
  socket.requestSync(link.set({ name: 'bench1', up: true }))
  socket.requestSync(link.set({ name: 'bench0', up: true }))
  const { index } = socket.requestSync(link.get('bench0'))
  socket.requestSync(address.add({ index, address: '10.255.0.1/24' }))
  return index
}

/** An empty table again: the kernel throws a link's routes away with it being up. */
export function clear(socket) {
  socket.requestSync(link.set({ name: 'bench0', up: false }))
  socket.requestSync(link.set({ name: 'bench0', up: true }))
}

export function fill(socket, index, count = COUNT) {
  for (let i = 0; i < count; i += 10_000) {
    const requests = Array.from({ length: Math.min(10_000, count - i) }, (_, j) => route.add(settings(index, i + j)))
    const refused = socket.batchSync(requests).find(({ ok }) => !ok)
    if (refused) throw refused.error
  }
}

const NLM_F_ACK = 4

/**
 * The routes ready to be sent, a hundred in a datagram, without a wish for an answer: to send them is the kernel's own work, and nothing
 * of ours.
 */
export function readyMade(index) {
  const datagrams = []
  for (let from = 0; from < COUNT; from += 100) {
    const messages = Array.from({ length: Math.min(100, COUNT - from) }, (_, i) => {
      const message = Buffer.from(encodeRequest(route.add(settings(index, from + i)), from + i + 1))
      message.writeUInt16LE(message.readUInt16LE(6) & ~NLM_F_ACK, 6)
      return message
    })
    datagrams.push(Buffer.concat(messages))
  }
  const bare = socket(AF_NETLINK, SOCK_RAW, 0)
  bind(bare, netlinkAddress(0))
  return {
    send() {
      for (const datagram of datagrams) send(bare, datagram)
    },
    close: () => close(bare),
  }
}

export { openRoute }
