import { route } from '../../../rtnl/index.ts'
import { addressText, cNumber, expectAddress, garbage, required, type Words, wrong } from '../../grammar/index.ts'
import type { Encap, EncapInput } from './kind.ts'

type Mode = 'inline' | 'encap' | 'auto'
const MODES: readonly Mode[] = ['inline', 'encap', 'auto']
const MOST = 1_000_000
const MOST_BYTES = 244

/** `K/N`: K of N packets. */
function readFrequency(word: string): { freqK: number; freqN: number } {
  if (word.length > 15) throw wrong(word, 'Invalid frequency (too long)')
  const parts = word.split('/')
  const [k, n] = parts.map((part) => cNumber(part, 0, 0xffffffff, 10))
  if (parts.length !== 2 || k === undefined || n === undefined) throw wrong(word, 'Invalid frequency (malformed)')
  if (k < 1 || k > MOST) throw wrong(word, 'Out of bound "k" frequency')
  if (n < 1 || n > MOST) throw wrong(word, 'Out of bound "n" frequency')
  if (k > n) throw wrong(word, 'Frequency with k > n is forbidden')
  return { freqK: k, freqN: n }
}

function number(word: string, most: number, why: string, least = 1): number {
  const found = cNumber(word, least, most)
  if (found === undefined) throw wrong(word, why)
  return found
}

/** `type TYPE ns NS size SIZE`, in any order. */
function readTrace(words: Words): Uint8Array {
  const found: { type?: number; ns?: number; size?: number } = {}
  for (; ; words.next()) {
    const key = (['type', 'ns', 'size'] as const).find((name) => name === words.following)
    if (key === undefined) break
    words.next()
    const word = words.following
    if (word === undefined) words.next()
    if (found[key] !== undefined) throw garbage(key, word ?? '')
    if (key === 'type') found.type = number(word!, 0xffffffff, 'Invalid trace type')
    else if (key === 'ns') found.ns = number(word!, 0xffff, 'Invalid namespace ID', 0)
    else {
      found.size = number(word!, 0xffff, 'Invalid trace size')
      if (found.size % 4 !== 0) throw wrong(word!, 'Trace size must be a 4-octet multiple')
      if (found.size > MOST_BYTES) throw wrong(word!, 'Trace size is too big')
    }
  }
  const { type, ns, size } = found
  if (type === undefined) throw required('type')
  if (ns === undefined) throw required('ns')
  if (size === undefined) throw required('size')
  return route.ioam6Trace({ type, namespace: ns, size })
}

/** `[ freq K/N ] [ mode MODE ] [ tundst ADDRESS ] trace prealloc …`, in this order. */
function read(words: Words): EncapInput<'ioam6'> {
  let frequency = { freqK: 1, freqN: 1 }
  if (words.current === 'freq') {
    frequency = readFrequency(words.next())
    words.next()
  }
  let mode: Mode = 'inline'
  if (words.current === 'mode') {
    const word = words.next()
    const found = MODES.find((name) => name === word)
    if (found === undefined) throw wrong(word, 'Invalid mode')
    mode = found
    words.next()
  }
  let dst: string | undefined
  if (words.current === 'tundst') {
    if (mode === 'inline') throw wrong(words.current, 'Inline mode does not need tundst')
    dst = addressText(expectAddress(words.next(), 'inet6'))
    words.next()
  } else if (mode !== 'inline') throw required('tundst')
  if (words.current !== 'trace') throw required('trace')
  if (words.next() !== 'prealloc') throw required('prealloc')
  return { ...frequency, mode, dst, trace: readTrace(words) }
}

export const ioam6: Encap<'ioam6'> = {
  read,
  print({ mode, dst, trace, freqK, freqN }, { printer }) {
    const said = trace === undefined ? undefined : route.readIoam6Trace(trace)
    if (mode === undefined || said === undefined || freqK === undefined || freqN === undefined) return
    printer.field('freqk', freqK, 'freq %')
    printer.field('freqn', freqN, '/% ')
    if (dst === undefined && mode !== 'inline') return
    printer.field('mode', typeof mode === 'number' ? '<unknown>' : mode, 'mode % ')
    if (mode !== 'inline') printer.field('tundst', dst ?? '', 'tundst % ')
    printer.field('trace', null, 'trace ')
    printer.field('prealloc', null, 'prealloc ')
    printer.field('type', said.type.toString(16), 'type % ', { as: `0x${said.type.toString(16).padStart(6, '0')}` })
    printer.field('ns', said.namespace, 'ns % ')
    printer.field('size', said.size, 'size % ')
  },
}
