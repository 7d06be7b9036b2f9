// Decoding alone, of captured bytes: needs neither a kernel nor root.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { link, route } from 'ipts/rtnl'
import { median, note, report, under } from './measure.js'

const RTM_NEWLINK = 16
const RTM_NEWROUTE = 24
const RTA_DST = 1
const HEADER = 16

/** The longest captured message of a type that the kernel sent, among those that fit. */
function captured(file, type, fits = () => true) {
  const { exchanges } = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures', file), 'utf8'))
  const found = []
  for (const { messages } of exchanges) {
    for (const { direction, hex } of messages) {
      if (direction !== 'received') continue
      const bytes = new Uint8Array(Buffer.from(hex, 'hex'))
      const view = new DataView(bytes.buffer)
      for (let at = 0; at + HEADER <= bytes.length; at += (view.getUint32(at, true) + 3) & ~3) {
        if (view.getUint32(at, true) < HEADER) break
        if (view.getUint16(at + 4, true) === type) found.push(bytes.slice(at, at + view.getUint32(at, true)))
      }
    }
  }
  const [longest] = found.filter(fits).sort((a, b) => b.length - a.length)
  if (longest === undefined) throw new Error(`no such message of type ${type} in ${file}`)
  return longest
}

// Kept, so that no compiler finds the work needless.
let last

/** Microseconds of one call, the median of batches, once the compiler has had its say. */
function microseconds(action, perBatch = 2000, batches = 31) {
  for (let i = 0; i < 5 * perBatch; i++) last = action()
  const times = []
  for (let batch = 0; batch < batches; batch++) {
    const began = performance.now()
    for (let i = 0; i < perBatch; i++) last = action()
    times.push(((performance.now() - began) * 1000) / perBatch)
  }
  if (last === undefined) throw new Error('nothing was decoded')
  return median(times)
}

const decoder = (dump) => {
  const { codec, pick } = dump.answer.item
  return (bytes, type) => pick(codec.read(bytes, HEADER, bytes.length, HEADER, {}), type)
}
const decodeLink = decoder(link.list())
const decodeRoute = decoder(route.list())

const vxlan = captured('link/vxlan.json', RTM_NEWLINK)
const plain = captured('link/dump.json', RTM_NEWLINK)
const ipv4 = captured('route/unicast.json', RTM_NEWROUTE, (bytes) => {
  const { family, dst, via } = decodeRoute(bytes, RTM_NEWROUTE)
  return bytes.length === 52 && family === 'inet' && dst !== 'default' && via === undefined
})
// Addresses differ in a real table.
const address = ipv4.findIndex((byte, i) => i >= 28 && i % 4 === 0 && byte === 8 && ipv4[i + 2] === RTA_DST) + 4
let count = 0
function nextRoute() {
  count++
  ipv4[address + 1] = count >> 16
  ipv4[address + 2] = count >> 8
  ipv4[address + 3] = count
  return ipv4
}

/** What a dump of 100,000 routes costs beyond its receiving. */
function decodeTable() {
  const table = []
  for (let i = 0; i < 100_000; i++) table.push(decodeRoute(nextRoute(), RTM_NEWROUTE))
  return table
}

const name = `one link with linkinfo decoded (${decodeLink(vxlan, RTM_NEWLINK).linkinfo.kind}, ${vxlan.length} bytes)`
report(
  under(
    10,
    name,
    'us',
    microseconds(() => decodeLink(vxlan, RTM_NEWLINK)),
  ),
  note(
    `one link of a dump decoded (${plain.length} bytes)`,
    'us',
    microseconds(() => decodeLink(plain, RTM_NEWLINK)),
  ),
  note('100,000 routes decoded into an array', 'ms', microseconds(decodeTable, 1, 15) / 1000),
  note(
    `one route decoded (${ipv4.length} bytes)`,
    'us',
    microseconds(() => decodeRoute(nextRoute(), RTM_NEWROUTE)),
  ),
)
