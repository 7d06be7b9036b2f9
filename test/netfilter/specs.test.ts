import { describe, expect, test } from 'vitest'
import { groups, netfilterProtocol } from '../../src/netfilter/index.ts'
import type { AttributeTable, Form } from '../../src/netlink/index.ts'
import { compareSets, compareStruct, type Deviations } from '../specs/compare.ts'
import { loadSpec, missing, type Operation, type Spec } from '../specs/spec.ts'
import { deviations } from './specs/deviations.ts'

/** How the kernel's headers call the operations of a spec. */
const names: Readonly<Record<string, (operation: string) => string>> = {
  nftables: (operation) =>
    operation.startsWith('batch')
      ? `NFNL_MSG_${operation.toUpperCase().replace('-', '_')}`
      : operation === 'getcompat'
        ? 'NFNL_MSG_COMPAT_GET'
        : `NFT_MSG_${operation.toUpperCase().replace('-', '_')}`,
  conntrack: (operation) =>
    operation === 'get-stats' ? 'IPCTNL_MSG_CT_GET_STATS_CPU' : `IPCTNL_MSG_CT_${operation.toUpperCase()}`,
}

function operations(spec: Spec): { name: string; type: number; operation: Operation }[] {
  return spec.operations.list.map((operation) => {
    const type = operation.do?.request?.value ?? operation.dump?.request?.value
    return { name: names[spec.name]!(operation.name), type: type!, operation }
  })
}

function tableOf(form: Form): AttributeTable {
  if (form.is !== 'message') throw new Error(`expected a message, got ${form.is}`)
  return form.table
}

describe.skipIf(missing !== undefined)(
  `tables agree with the kernel's specs${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    test.each(Object.keys(names))('%s: messages by number and name', (name) => {
      for (const { name: message, type } of operations(loadSpec(name))) {
        expect(netfilterProtocol.messages.get(type)?.name).toBe(message)
      }
    })

    test.each(Object.keys(names))('%s: attributes, headers, enumerations, structs', (name) => {
      const spec = loadSpec(name)
      const found: Deviations = new Map()
      const tables: [string, AttributeTable][] = []
      for (const { type, operation } of operations(spec)) {
        const { form } = netfilterProtocol.messages.get(type)!.codec
        if (form.is === 'message') compareStruct(spec, 'nfgenmsg', 'nfgenmsg', form.header.form, found)
        tables.push([operation['attribute-set']!, tableOf(form)])
      }
      for (const [place, what] of compareSets(spec, tables)) found.set(place, what)
      const known = deviations[name]!
      expect(Object.fromEntries([...found].filter(([place]) => known[place] === undefined))).toEqual({})
      expect(
        Object.keys(known).filter((place) => !found.has(place)),
        'deviations that are none',
      ).toEqual([])
    })

    test('multicast groups', () => {
      expect(groups).toMatchObject({ nftables: 7, nftrace: 9, 'conntrack-destroy': 3 })
    })
  },
)
