import { CommandFailure, choice, rows, type Words } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import type { Encap, EncapInput } from './kind.ts'
import { type EncapDraft, takeOptions } from './options.ts'

/** ILA_CSUM_*, ILA_ATYPE_* and ILA_HOOK_* of linux/ila.h, in their order. */
const CHECKSUMS = ['adj-transport', 'neutral-map', 'no-action', 'neutral-map-auto']
const IDENTIFIERS = ['iid', 'luid', 'virt-v4', 'virt-uni-v6', 'virt-multi-v6', 'nonlocal-addr']
const USE_FORMAT = 32
const HOOKS = ['output', 'input']

const { option } = rows<EncapDraft<EncapInput<'ila'>>>()
const numbered = (names: readonly string[], name: string) =>
  choice(Object.fromEntries(names.map((word, i) => [word, i])), `"${name}" value is invalid\n`)

const keywords = [
  option('csum-mode', numbered(CHECKSUMS, 'csum-mode'), 'csumMode'),
  option('ident-type', choice({ luid: 1, 'use-format': USE_FORMAT }, '"ident-type" value is invalid\n'), 'identType'),
  option('hook-type', numbered(HOOKS, 'hook-type'), 'hookType'),
]

/** Four groups of sixteen bits, as the upper half of an IPv6 address. */
function readLocator(word: string): bigint {
  const groups = word.split(':')
  if (groups.length !== 4 || groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) {
    throw new CommandFailure(`Bad locator: ${word}`, 1)
  }
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n)
}

function locatorText(locator: number | bigint): string {
  return [48n, 32n, 16n, 0n].map((shift) => ((BigInt(locator) >> shift) & 0xffffn).toString(16)).join(':')
}

export const ila: Encap<'ila'> = {
  read(words: Words, session: Session) {
    const locator = readLocator(words.current)
    words.advance()
    return takeOptions(words, keywords, { session, request: { locator } })
  },
  print({ locator, csumMode, identType, hookType }, { printer }) {
    const show = (name: string, word: string, names: readonly string[], value: number | undefined) => {
      if (value !== undefined) printer.field(name, names[value] ?? 'unknown', ` ${word} % `)
    }
    if (locator !== undefined) printer.field('locator', locatorText(locator), ' % ')
    show('csum_mode', 'csum-mode', CHECKSUMS, csumMode)
    if (identType === USE_FORMAT) printer.field('ident_type', 'use-format', ' ident-type % ')
    else show('ident_type', 'ident-type', IDENTIFIERS, identType)
    show('hook_type', 'hook-type', HOOKS, hookType)
  },
}
