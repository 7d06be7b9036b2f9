import { ORIGINATORS, SCOPES as scopes } from '../../rtnl/index.ts'
import { type NameTable, type NameTableOptions, nameTable } from './database.ts'

export type { NameTable } from './database.ts'

// Younger than iproute2 6.1, which prints their numbers.
const YOUNGER: ReadonlySet<string> = new Set(['mrouted', 'ovn', 'openr'])

const PROTOCOLS: NameTableOptions = {
  file: 'rt_protos',
  and: 'rt_protos.d',
  most: 255,
  known: Object.fromEntries(Object.entries(ORIGINATORS).filter(([name]) => !YOUNGER.has(name))),
}
const SCOPES: NameTableOptions = { file: 'rt_scopes', most: 255, known: scopes }
const TABLES: NameTableOptions = {
  file: 'rt_tables',
  and: 'rt_tables.d',
  most: 0xffffffff,
  fileFirst: true,
  known: { default: 253, main: 254, local: 255 },
}
const REALMS: NameTableOptions = { file: 'rt_realms', most: 255, known: { unknown: 0 } }
const GROUPS: NameTableOptions = {
  file: 'group',
  most: 0x7fffffff,
  fileFirst: true,
  truncates: true,
  known: { default: 0 },
}
const DSFIELD: NameTableOptions = {
  file: 'rt_dsfield',
  most: 255,
  base: 16,
  known: { '0': 0 },
  show: (id) => `0x${id.toString(16).padStart(2, '0')}`,
}
const PROTODOWN_REASONS: NameTableOptions = { and: 'protodown_reasons.d', most: 31, known: {} }

/** The names that an administrator may give to numbers. */
export interface Names {
  readonly protocol: NameTable
  readonly scope: NameTable
  readonly table: NameTable
  readonly realm: NameTable
  readonly group: NameTable
  readonly dsfield: NameTable
  readonly protodownReason: NameTable
}

export function openNames(numeric: boolean): Names {
  return {
    protocol: nameTable(PROTOCOLS, numeric),
    scope: nameTable(SCOPES, numeric),
    table: nameTable(TABLES, numeric),
    realm: nameTable(REALMS, numeric),
    group: nameTable(GROUPS, numeric),
    dsfield: nameTable(DSFIELD, numeric),
    protodownReason: nameTable(PROTODOWN_REASONS, numeric),
  }
}
