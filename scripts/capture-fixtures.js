#!/usr/bin/env node
// Captures what the real `ip`, `bridge`, `nft`, `iptables` and `conntrack` say to the kernel, and what the kernel answers, as files
// under fixtures/.
//
//   node scripts/capture-fixtures.js                        every topic of fixture-commands.js, on this kernel
//   node scripts/capture-fixtures.js link/veth route/       one topic, or every topic of an object
//   node scripts/capture-fixtures.js --list                 the topics
//   node scripts/capture-fixtures.js --second-kernel [...]  the same inside User-Mode Linux
//   node scripts/capture-fixtures.js --pcap [...]           with an nlmon capture of each topic (needs nlmon)
//   --out DIR                                               another place than fixtures/
//   --limit S                                               seconds a command may take, 10 unless told
//
// Each topic runs in a disposable world (its own network and mount namespaces, its own /run), so the machine's network
// is never touched. The bytes come from strace's hex dumps, which show the buffers themselves rather than a reading of them.
// A command that the kernel does not answer in time ends the whole run: it may hold a lock of the kernel's, and the next one would
// wait for it. Needs root (not with --second-kernel), iproute2 and strace; --pcap also tcpdump. fixtures/README.md has the format.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { topics } from './fixture-commands.js'
import { runInSecondKernel } from './second-kernel.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const traced = 'socket,sendmsg,sendto,recvmsg,recvfrom'
const strace = (limit) =>
  `timeout -s KILL ${limit} strace -f -qq -e trace=${traced} -e read=all -e write=all -e verbose=none`
const how = `strace -f -e trace=${traced} -e read=all -e write=all`

const protocols = {
  NETLINK_ROUTE: 'route',
  NETLINK_GENERIC: 'generic',
  NETLINK_NETFILTER: 'netfilter',
  NETLINK_SOCK_DIAG: 'sock-diag',
  NETLINK_XFRM: 'xfrm',
}

/** What the kernel does not load by itself when an encapsulation is asked for. */
const tunnelModules = ['fou', 'fou6', 'mpls_router', 'mpls_iptunnel']

/** A command of a topic: captured, background (a captured monitor) or setup (run, not captured). */
function readTopic(text) {
  return text
    .replace(/^@second-kernel/, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      if (line.startsWith('! ')) return { role: 'setup', command: line.slice(2) }
      if (line.startsWith('& ')) return { role: 'background', command: line.slice(2) }
      return { role: 'captured', command: line }
    })
}

/** The shell script that builds the world and runs the commands in it. */
function worldScript(commands, directory, limit, pcap) {
  const lines = [
    'set -u; MONITORS=',
    'mount -t tmpfs tmpfs /run && mkdir -p /run/netns',
    'mount -t sysfs sysfs /sys 2>/dev/null || true',
    'ip link set lo up',
  ]
  if (pcap !== undefined) {
    lines.push(
      'ip link add nlmon0 type nlmon && ip link set nlmon0 up',
      `tcpdump -i nlmon0 -U -s 0 -w ${pcap} 2>${directory}/tcpdump.err & TCPDUMP=$!`,
      'sleep 0.5',
    )
  }
  commands.forEach(({ role, command }, index) => {
    const base = join(directory, String(index))
    const files = `>${base}.out 2>${base}.err`
    const status = `status=$?; echo $status >${base}.status; [ $status -ne 137 ] || exit 137`
    if (role === 'setup') lines.push(`timeout -s KILL ${limit} ${command} ${files} </dev/null; ${status}`)
    else if (role === 'captured') {
      lines.push(`${strace(limit)} -o ${base}.trace ${command} ${files} </dev/null; ${status}`)
    } else
      lines.push(
        `${strace(limit * 6)} -o ${base}.trace ${command} ${files} </dev/null & MONITORS="$MONITORS $!"`,
        'sleep 1',
      )
  })
  // The monitors are the children of strace, the child of timeout.
  if (commands.some(({ role }) => role === 'background')) {
    lines.push(
      'sleep 1; for t in $MONITORS; do for s in $(pgrep -P $t); do kill $(pgrep -P $s); done; done; wait $MONITORS; true',
    )
  }
  if (pcap !== undefined) lines.push('sleep 0.5; kill $TCPDUMP; wait $TCPDUMP')
  return `${lines.join('\n')}\n`
}

/** The datagrams of one trace: `{ protocol, direction, bytes }` in order. */
export function readTrace(text) {
  const socketProtocol = new Map()
  const unfinished = new Map()
  const datagrams = []
  let current
  for (const line of text.split('\n')) {
    const dump = /^ \| [0-9a-f]{5,} {2}((?:[0-9a-f]{2} {1,2}){1,16})/.exec(line)
    if (dump) {
      current?.parts.push(dump[1].replaceAll(' ', ''))
      continue
    }
    const resumed = /^(\d+)\s+<\.\.\. \w+ resumed>(.*)$/.exec(line)
    const whole = resumed ? `${unfinished.get(resumed[1])}${resumed[2]}` : line
    const call = /^(\d+)\s+(socket|sendmsg|sendto|recvmsg|recvfrom)\((.*)$/.exec(whole)
    if (!call) continue
    if (whole.endsWith('<unfinished ...>')) {
      unfinished.set(call[1], whole.slice(0, -'<unfinished ...>'.length))
      current = undefined
      continue
    }
    const result = Number(/= (-?\d+)/.exec(whole)?.[1] ?? -1)
    current = undefined
    if (call[2] === 'socket') {
      const protocol = /AF_NETLINK, [^,]*, (\w+)/.exec(call[3])?.[1]
      if (protocol) socketProtocol.set(result, protocols[protocol] ?? protocol)
      else socketProtocol.delete(result)
      continue
    }
    const protocol = socketProtocol.get(Number.parseInt(call[3], 10))
    // iproute2 first asks how long the message is (MSG_PEEK | MSG_TRUNC), then reads it: the reading counts.
    if (protocol === undefined || result <= 0 || whole.includes('MSG_PEEK')) continue
    current = { protocol, direction: call[2].startsWith('send') ? 'sent' : 'received', length: result, parts: [] }
    datagrams.push(current)
  }
  return datagrams.map(({ protocol, direction, length, parts }) => {
    const bytes = Buffer.from(parts.join(''), 'hex')
    if (bytes.length !== length) throw new Error(`a datagram of ${length} bytes was dumped as ${bytes.length}`)
    return { protocol, direction, bytes }
  })
}

/**
 * Splits a datagram into its netlink messages (lengths are those of the headers, padding between them dropped). Some of
 * iproute2's dump requests are followed by zeros that no header counts: like the kernel, this stops there.
 */
export function splitMessages(bytes) {
  const messages = []
  for (let offset = 0; offset + 4 <= bytes.length; ) {
    const length = bytes.readUInt32LE(offset)
    if (length === 0 && bytes.subarray(offset).every((byte) => byte === 0)) break
    if (length < 16 || offset + length > bytes.length) throw new Error(`bad nlmsg_len ${length} at ${offset}`)
    messages.push(bytes.subarray(offset, offset + length))
    offset += (length + 3) & ~3
  }
  return messages
}

function exchangesOf({ role, command }, base) {
  const read = (suffix) => (existsSync(base + suffix) ? readFileSync(base + suffix, 'utf8') : '')
  const byProtocol = new Map()
  for (const { protocol, direction, bytes } of readTrace(read('.trace'))) {
    const messages = byProtocol.get(protocol) ?? []
    byProtocol.set(protocol, messages)
    for (const message of splitMessages(bytes)) messages.push({ direction, hex: message.toString('hex') })
  }
  const status = role === 'background' ? 0 : Number(read('.status'))
  const outcome = {
    ...(status === 0 ? {} : { status }),
    ...(read('.err') === '' ? {} : { stderr: read('.err') }),
    ...(read('.out') === '' ? {} : { stdout: read('.out') }),
  }
  return [...byProtocol].map(([protocol, messages]) => ({ command, ...outcome, protocol, messages }))
}

/**
 * The hex of a message without sequence number and port; of a link, where it was only looked up, without its counters; of nf_tables
 * without the generation.
 */
function gist(hex, lookup) {
  const bytes = Buffer.from(hex, 'hex')
  bytes.fill(0, 8, 16)
  if (bytes.readUInt16LE(4) >> 8 === 10) bytes.fill(0, 18, 20)
  const counters = [7, 23, 26] // IFLA_STATS, IFLA_STATS64, IFLA_AF_SPEC
  if (lookup && bytes.readUInt16LE(4) === 16) {
    for (let at = 32; at + 4 <= bytes.length; at += (bytes.readUInt16LE(at) + 3) & ~3) {
      if (counters.includes(bytes.readUInt16LE(at + 2))) bytes.fill(0, at + 4, at + bytes.readUInt16LE(at))
    }
  }
  return bytes.toString('hex')
}

/**
 * Leaves out what the kernel had already said in the same file, sequence number and port apart, and says where it stood:
 * `again: [[position in the exchange, which of the file's remaining messages], …]`. Where nothing was printed, a link's
 * counters do not matter either. Acknowledgements stay.
 */
export function withoutRepeats(exchanges) {
  const kept = new Map()
  let count = 0
  return exchanges.map(({ messages, ...exchange }) => {
    const lookup = exchange.stdout === undefined
    const again = []
    const remaining = messages.filter(({ direction, hex }, position) => {
      if (direction === 'received' && Buffer.from(hex, 'hex').readUInt16LE(4) > 3) {
        const earlier = kept.get(gist(hex, lookup))
        if (earlier !== undefined) {
          again.push([position, earlier])
          return false
        }
        for (const key of [gist(hex, false), gist(hex, true)]) if (!kept.has(key)) kept.set(key, count)
      }
      count++
      return true
    })
    return { ...exchange, ...(again.length > 0 ? { again } : {}), messages: remaining }
  })
}

/** One line a message, so that a difference between two captures can be read. */
export function formatFixture({ exchanges, ...head }) {
  const fields = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`)
  const blocks = exchanges.map(({ messages, ...exchange }) => {
    const lines = Object.entries(exchange).map(
      ([key, value]) => `      ${JSON.stringify(key)}: ${JSON.stringify(value)},`,
    )
    const rows = messages.map(({ direction, hex }) => `        { "direction": "${direction}", "hex": "${hex}" }`)
    return `    {\n${lines.join('\n')}\n      "messages": [\n${rows.join(',\n')}\n      ]\n    }`
  })
  return `{\n${fields.join('\n')}\n  "exchanges": [\n${blocks.join(',\n')}\n  ]\n}\n`
}

function output(command, args) {
  return spawnSync(command, args, { encoding: 'utf8' }).stdout?.trim() ?? ''
}

/** Which program a topic is about, and its version. */
function toolOf(name, versions) {
  const folder = dirname(name)
  const tool = versions[folder] === undefined ? 'iproute2' : folder
  return { [tool]: versions[tool] }
}

function capture(name, text, { out, pcap, limit, kernel, versions }) {
  const commands = readTopic(text)
  const directory = mkdtempSync(join(tmpdir(), 'ipts-capture-'))
  try {
    const file = join(out, `${name}.json`)
    mkdirSync(dirname(file), { recursive: true })
    const script = join(directory, 'world.sh')
    const pcapFile = pcap ? join(directory, 'nlmon.pcap') : undefined
    writeFileSync(script, worldScript(commands, directory, limit, pcapFile))
    const world = spawnSync(
      'timeout',
      ['-s', 'KILL', '600', 'unshare', '--net', '--mount', '--propagation', 'private', 'sh', script],
      { encoding: 'utf8' },
    )
    if (world.status === 137 || world.signal) {
      const at = commands.findLast((_, index) => existsSync(join(directory, `${index}.err`)))
      throw new Error(`${name}: no answer to: ${at?.command}\nThe kernel may be stuck: nothing more was tried.`)
    }
    if (world.status !== 0) throw new Error(`${name}: the world failed: ${world.stderr}${world.error ?? ''}`)
    const exchanges = []
    commands.forEach((command, index) => {
      const base = join(directory, String(index))
      const status = existsSync(`${base}.status`) ? readFileSync(`${base}.status`, 'utf8').trim() : '0'
      if (command.role === 'setup') {
        if (status !== '0')
          console.error(`${name}: setup failed: ${command.command}: ${readFileSync(`${base}.err`, 'utf8')}`)
        return
      }
      const found = exchangesOf(command, base)
      if (found.length === 0)
        console.error(`${name}: nothing sent: ${command.command}: ${readFileSync(`${base}.err`, 'utf8').trim()}`)
      else if (status !== '0' && !name.startsWith('error/')) {
        console.error(
          `${name}: refused: ${command.command}: ${readFileSync(`${base}.err`, 'utf8').trim().split('\n').join(' | ')}`,
        )
      }
      // What the C library asks of routing netlink on behalf of the others is not their own.
      const tool = toolOf(name, versions)
      exchanges.push(...found.filter(({ protocol }) => tool.iproute2 !== undefined || protocol === 'netfilter'))
    })
    writeFileSync(
      file,
      formatFixture({ kernel, ...toolOf(name, versions), captured: how, exchanges: withoutRepeats(exchanges) }),
    )
    if (pcapFile !== undefined) {
      const target = join(out, 'pcap', `${name.replaceAll('/', '-')}.pcap`)
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, readFileSync(pcapFile))
    }
    console.log(`${file}: ${exchanges.length} exchanges`)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function main(args) {
  const wanted = []
  const options = { out: join(root, 'fixtures'), pcap: false, second: false, limit: 10 }
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]
    if (arg === '--list') return console.log(Object.keys(topics).join('\n'))
    if (arg === '--out') options.out = args[++index]
    else if (arg === '--limit') options.limit = Number(args[++index])
    else if (arg === '--pcap') options.pcap = true
    else if (arg === '--second-kernel') options.second = true
    else wanted.push(arg)
  }
  const names = Object.keys(topics).filter(
    (name) =>
      wanted.length === 0 || wanted.some((want) => name === want || (want.endsWith('/') && name.startsWith(want))),
  )
  if (names.length === 0) throw new Error(`no topic ${wanted.join(' ')}; --list shows them`)
  if (options.second) {
    const { status, error } = await runInSecondKernel(
      [
        process.execPath,
        fileURLToPath(import.meta.url),
        '--out',
        resolve(options.out),
        '--limit',
        String(options.limit),
        ...(options.pcap ? ['--pcap'] : []),
        ...names,
      ],
      { writable: [options.out], modules: tunnelModules, timeout: 900_000, inherit: true },
    )
    if (error) throw new Error(error)
    process.exitCode = status
    return
  }
  if (process.getuid?.() !== 0) throw new Error('capturing needs root')
  const release = output('uname', ['-r']).replace(/-.*$/, '')
  const uml = readFileSync('/proc/cpuinfo', 'utf8').includes('User Mode Linux')
  const context = {
    ...options,
    kernel: `${release} ${output('uname', ['-m'])}${uml ? ' User-Mode Linux' : ''}`,
    versions: {
      iproute2: /iproute2-([\w.]+)/.exec(output('ip', ['-V']))?.[1] ?? 'unknown',
      nft: /v([\w.]+)/.exec(output('nft', ['--version']))?.[1] ?? 'unknown',
      iptables: /v([\w.]+)/.exec(output('iptables', ['--version']))?.[1] ?? 'unknown',
      conntrack: /v([\w.]+)/.exec(output('conntrack', ['--version']))?.[1] ?? 'unknown',
    },
  }
  for (const name of names) {
    if (topics[name].startsWith('@second-kernel') && !uml) {
      console.error(`${name}: skipped, it may stop this kernel: only with --second-kernel`)
    } else capture(name, topics[name], context)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
