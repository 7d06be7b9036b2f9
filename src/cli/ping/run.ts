import process from 'node:process'
import { SystemError } from '../../libc/index.ts'
import type { EchoAnswer, EchoSocket, IpAddress } from '../../ops/index.ts'
import { faultText } from './fault-text.ts'
import type { PingOptions } from './options.ts'
import { Pacer } from './pacer.ts'
import { progress, Statistics, shortMilliseconds, summary } from './statistics.ts'

export interface Surroundings {
  readonly host: string
  /** Whether replies come from many. */
  readonly isMulticast: boolean
  write(text: string): void
  flush(): void
  /** A line on stderr. */
  complain(line: string): void
  nameOf(address: string): Promise<string>
  /** What a packet may measure at most, where it was too long to be sent. */
  mtu(): number
}

/** A time of day, which the kernel's struct timeval holds: the first bytes of a packet that has room for it. */
const STAMP = 16
/** How much an ICMP message that is as long as an IPv4 packet may be has room for. */
const MOST = 0xffff - 8
const SIGNALS = ['SIGINT', 'SIGQUIT'] as const

/** Asks until it is enough, and says what comes of it. Resolves to the exit status. */
export async function run(socket: EchoSocket, options: PingOptions, around: Surroundings): Promise<number> {
  const { count, deadline, size, quiet, flood } = options
  const statistics = new Statistics()
  const pacer = new Pacer(options.interval, options.preload)
  const timed = size >= STAMP
  const payload = payloadOf(options)
  const sentAt = new Map<number, number>()
  let over = false
  let wake = () => {}
  const end = () => {
    over = true
    wake()
  }
  const status = () => around.complain(progress(statistics, timed))
  const [interrupt, quit] = SIGNALS
  process.on(interrupt, end)
  process.on(quit, status)
  const alarm = deadline === undefined ? undefined : setTimeout(end, deadline * 1000)
  let patience: NodeJS.Timeout | undefined

  const isEnough = () =>
    over ||
    (count !== undefined && statistics.received + statistics.errors >= count) ||
    (deadline !== undefined && statistics.errors > 0)
  const isAllSent = () => count !== undefined && statistics.transmitted >= count && deadline === undefined

  const send = () => {
    if (options.outstanding && statistics.transmitted > 0 && !statistics.isAnswered(statistics.transmitted)) {
      around.write(`${timestamp(options)}no answer yet for icmp_seq=${statistics.transmitted % 0x10000}\n`)
    }
    const sequence = (statistics.transmitted + 1) & 0xffff
    if (timed) stamp(payload)
    statistics.sent()
    if (size > MOST) {
      pacer.stumble()
      // Of what no packet of IPv4 holds the kernel does not even say that it is too long.
      if (socket.target.family === 'inet6') sayTooLong()
      return
    }
    try {
      sentAt.set(sequence, socket.send(sequence, payload))
      if (flood && !quiet) around.write('.')
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      pacer.stumble()
      stumble(error)
    }
  }
  const stumble = ({ code }: SystemError) => {
    // Of other refusals, such as a firewall's, iputils says nothing either.
    if (code === 'EMSGSIZE') sayTooLong()
  }
  const sayTooLong = () => {
    if (quiet) return
    statistics.errors++
    const mark = socket.target.family === 'inet' ? '=' : ': '
    around.complain(`ping: local error: message too long, mtu${mark}${around.mtu()}`)
  }
  /** Sends what is due and says how long nothing will be, in milliseconds. */
  const sendDue = (): number => {
    for (;;) {
      if (over || isAllSent()) break
      const wait = pacer.wait(performance.now(), statistics.underWay)
      if (wait > 0) return wait
      send()
      if (isAllSent()) break
      if (pacer.next > 0) return pacer.next
    }
    // After the last request there is an end to waiting, longer where nobody has answered yet.
    const rest = statistics.received > 0 ? Math.max((2 * statistics.most) / 1000, pacer.interval) : options.linger
    patience ??= setTimeout(end, rest)
    return Math.max(rest, 1)
  }

  const watcher = socket.watch(() => wake())
  // What is done for the first time takes long: not while the time is taken.
  receive(socket)
  const started = performance.now()
  try {
    while (!isEnough()) {
      const wait = sendDue()
      // Answers in order: a name that takes long to find keeps those behind it waiting, but not their times.
      const arrived: EchoAnswer[] = []
      for (let answer = receive(socket); answer !== undefined; answer = receive(socket)) {
        arrived.push(answer)
      }
      for (const answer of arrived) {
        if (isEnough()) break
        const sent = sentAt.get(answer.sequence)
        const time = timed && sent !== undefined ? Math.max(Math.round((answer.at - sent) * 1000), 0) : undefined
        around.write(await line(answer, time))
      }
      around.flush()
      if (arrived.length > 0) await new Promise((resolve) => setImmediate(resolve))
      else if (!isEnough()) await pause(wait)
    }
  } finally {
    watcher.stop()
    clearTimeout(alarm)
    clearTimeout(patience)
    process.off(interrupt, end)
    process.off(quit, status)
  }
  const elapsed = (pacer.last ?? started) - started
  around.write(
    summary(around.host, statistics, { elapsed, timed, rate: pacer.interval === 0 || flood || options.adaptive }),
  )
  around.flush()
  return statistics.received === 0 || (deadline !== undefined && statistics.received < (count ?? 0)) ? 1 : 0

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => wake(), milliseconds)
      wake = () => {
        clearTimeout(timer)
        wake = () => {}
        resolve()
      }
    })
  }

  async function line(answer: EchoAnswer, time: number | undefined): Promise<string> {
    const { sequence, from } = answer
    if (answer.kind === 'error') {
      statistics.acknowledge(sequence)
      statistics.errors++
      if (quiet) return ''
      if (flood) return '\bE'
      const words = faultText(socket.target.family, answer)
      return `${timestamp(options)}From ${await around.nameOf(from)} icmp_seq=${sequence} ${words}\n`
    }
    const isDuplicate = statistics.reply(sequence, time)
    if (options.adaptive) pacer.interval = Math.trunc((Math.trunc(statistics.smoothed / 8) + 500) / 1000)
    if (quiet) return ''
    if (flood) return '\b \b'
    const parts = [
      `${timestamp(options)}${answer.bytes} bytes from ${await around.nameOf(from)}:`,
      `icmp_seq=${sequence}`,
      ...(options.verbose ? [`ident=${socket.identifier}`] : []),
      ...(answer.ttl === undefined ? [] : [`ttl=${answer.ttl}`]),
    ]
    if (answer.bytes < size + 8) return `${parts.join(' ')} (truncated)\n`
    if (time !== undefined) parts.push(`time=${shortMilliseconds(time)} ms`)
    if (isDuplicate && (!around.isMulticast || options.verbose)) parts.push('(DUP!)')
    if (!around.isMulticast && !isSame(from, socket.target)) parts.push('(DIFFERENT ADDRESS!)')
    return `${parts.join(' ')}${damage(answer.payload, payload)}${options.audible ? '\x07' : ''}\n`
  }
}

/** The next answer; errors that the kernel remembers for the socket have been told as answers. */
function receive(socket: EchoSocket): EchoAnswer | undefined {
  try {
    return socket.receive()
  } catch (error) {
    if (error instanceof SystemError) return undefined
    throw error
  }
}

function isSame(address: string, target: IpAddress): boolean {
  return address === target.address
}

function payloadOf({ size, pattern }: PingOptions): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => (pattern === undefined ? i : pattern[i % pattern.length]!))
}

function stamp(payload: Uint8Array): void {
  const view = new DataView(payload.buffer, payload.byteOffset)
  const microseconds = Math.round((performance.timeOrigin + performance.now()) * 1000)
  view.setBigInt64(0, BigInt(Math.floor(microseconds / 1e6)), true)
  view.setBigInt64(8, BigInt(microseconds % 1e6), true)
}

function timestamp({ timestamps }: PingOptions): string {
  if (!timestamps) return ''
  const microseconds = Math.round((performance.timeOrigin + performance.now()) * 1000)
  return `[${Math.floor(microseconds / 1e6)}.${String(microseconds % 1e6).padStart(6, '0')}] `
}

/** Where what came back is not what was sent, after the time. */
function damage(received: Uint8Array, sent: Uint8Array): string {
  const at = sent.findIndex((byte, i) => i >= STAMP && received[i] !== byte)
  if (at < 0) return ''
  const rest = Array.from(received.subarray(STAMP), (byte, i) => {
    const place = (i + STAMP) % 32 === STAMP ? `\n#${i + STAMP}\t` : ''
    return `${place}${byte.toString(16)} `
  })
  const hex = (byte: number | undefined) => `0x${(byte ?? 0).toString(16)}`
  return `\nwrong data byte #${at} should be ${hex(sent[at])} but was ${hex(received[at])}${rest.join('')}`
}
