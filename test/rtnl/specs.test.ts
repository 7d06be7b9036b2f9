import { describe, expect, test } from 'vitest'
import type { AttributeTable, Form } from '../../src/netlink/index.ts'
import { groups, routeProtocol } from '../../src/rtnl/index.ts'
import { compareSets, compareStruct, type Deviations } from '../specs/compare.ts'
import { loadSpec, missing, type Operation, type Spec } from '../specs/spec.ts'
import { deviations } from './specs/deviations.ts'

const names = ['rt-addr', 'rt-route', 'rt-neigh', 'rt-rule', 'rt-link']

function operations(spec: Spec): { name: string; type: number; operation: Operation }[] {
  return spec.operations.list.flatMap((operation) => {
    const type = operation.do?.request?.value ?? operation.dump?.request?.value ?? operation.value
    const isRequest = operation.do ?? operation.dump
    return type === undefined || isRequest === undefined ? [] : [{ name: rtm(operation.name), type, operation }]
  })
}

function rtm(name: string): string {
  return `RTM_${name.toUpperCase().replaceAll('-', '')}`
}

function tableOf(form: Form): AttributeTable {
  if (form.is !== 'message') throw new Error(`expected a message, got ${form.is}`)
  return form.table
}

describe.skipIf(missing !== undefined)(
  `tables agree with the kernel's specs${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    test.each(names)('%s: messages by number and name', (name) => {
      for (const { name: message, type } of operations(loadSpec(name))) {
        expect(routeProtocol.messages.get(type)?.name).toBe(message)
      }
    })

    test.each(names)('%s: attributes, headers, enumerations, structs', (name) => {
      const spec = loadSpec(name)
      const found: Deviations = new Map()
      const tables: [string, AttributeTable][] = []
      for (const { type, operation } of operations(spec)) {
        const { form } = routeProtocol.messages.get(type)!.codec
        const header = operation['fixed-header'] ?? spec.operations['fixed-header']
        if (form.is === 'message' && header !== undefined) compareStruct(spec, header, header, form.header.form, found)
        if (operation['attribute-set'] !== undefined) tables.push([operation['attribute-set'], tableOf(form)])
      }
      for (const [place, what] of compareSets(spec, tables)) found.set(place, what)
      const known = deviations[name]!
      expect(Object.fromEntries([...found].filter(([place]) => known[place] === undefined))).toEqual({})
      expect(
        Object.keys(known).filter((place) => !found.has(place)),
        'deviations that are none',
      ).toEqual([])
    })

    test.each(names)('%s: multicast groups', (name) => {
      for (const { name: group, value } of loadSpec(name)['mcast-groups']?.list ?? []) {
        expect({ ...groups }[group.replace('rtnlgrp-', '')]).toBe(value)
      }
    })
  },
)
