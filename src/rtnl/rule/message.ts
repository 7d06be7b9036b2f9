import {
  attributes,
  bits,
  bytes,
  cstring,
  enumeration,
  type Infer,
  type InferInput,
  message,
  multi,
  padding,
  struct,
  u8,
  u16,
  u32,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import { family } from '../family.ts'
import { originator } from '../originator.ts'
import { lengthOfPrefixOrAll, prefixOrAll } from '../prefix.ts'
import { TABLES } from '../route/index.ts'

/** FR_ACT_* (include/uapi/linux/fib_rules.h). */
export const RULE_ACTIONS = {
  unspec: 0,
  'to-tbl': 1,
  goto: 2,
  nop: 3,
  res3: 4,
  res4: 5,
  blackhole: 6,
  unreachable: 7,
  prohibit: 8,
} as const
export type RuleAction = keyof typeof RULE_ACTIONS

/** FIB_RULE_*. `unresolved` and the detached ones are the kernel's to say. */
export const RULE_FLAGS = {
  permanent: 0x1,
  invert: 0x2,
  unresolved: 0x4,
  'iif-detached': 0x8,
  'oif-detached': 0x10,
  'find-saddr': 0x10000,
} as const

/** Both ends included; ports in host byte order. */
const portRange = struct({ start: u16, end: u16 })

/** struct fib_rule_hdr. Tables from 256 up are only in the attribute. */
export const ruleHeader = struct({
  family,
  dstLength: u8,
  srcLength: u8,
  tos: u8,
  headerTable: u8,
  res1: padding(1),
  res2: padding(1),
  action: enumeration(u8, RULE_ACTIONS),
  flags: bits(u32, RULE_FLAGS),
})

export const ruleAttributes = attributes({
  dst: [1, prefixOrAll(1)],
  src: [2, prefixOrAll(2)],
  iif: [3, cstring],
  goto: [4, u32],
  unused2: [5, bytes],
  priority: [6, u32],
  unused3: [7, bytes],
  unused4: [8, bytes],
  unused5: [9, bytes],
  fwmark: [10, u32],
  flow: [11, u32],
  // The kernel reads and writes it as __be64 (net/core/fib_rules.c).
  tunId: [12, u64be],
  suppressIfgroup: [13, u32],
  suppressPrefixlen: [14, u32],
  table: [15, u32],
  fwmask: [16, u32],
  oif: [17, cstring],
  pad: [18, multi(bytes)],
  l3mdev: [19, u8],
  uidRange: [20, struct({ start: u32, end: u32 })],
  protocol: [21, originator],
  ipProto: [22, u8],
  sportRange: [23, portRange],
  dportRange: [24, portRange],
  dscp: [25, u8],
  flowlabel: [26, u32be],
  flowlabelMask: [27, u32be],
  sportMask: [28, u16],
  dportMask: [29, u16],
  dscpMask: [30, u8],
})

/** RTM_NEWRULE, RTM_DELRULE, RTM_GETRULE. */
export const ruleMessage = message(ruleHeader, ruleAttributes, {
  dstLength: { from: 'dst', absent: 0, of: lengthOfPrefixOrAll },
  srcLength: { from: 'src', absent: 0, of: lengthOfPrefixOrAll },
  headerTable: { from: 'table', absent: 0, of: (table: number) => (table < 256 ? table : TABLES.compat) },
})

/**
 * A rule of policy routing: which packets (`src`, `dst`, `iif`, `fwmark`, …) are looked up in which `table`. `iif` and `oif` are names
 * of links. A `suppressPrefixlen` or `suppressIfgroup` of 4294967295 suppresses nothing.
 */
export interface Rule extends Infer<typeof ruleMessage> {}
/** What may be said about a rule in a request, attribute by attribute. */
export type RuleInput = InferInput<typeof ruleMessage>
