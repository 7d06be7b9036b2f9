import { describe, expect, test } from 'vitest'
import {
  linkMessage,
  messages,
  RTM_DELLINK,
  RTM_DELLINKPROP,
  RTM_NEWLINK,
  RTM_NEWLINKPROP,
  RTM_SETLINK,
} from '../../../src/rtnl/link/index.ts'
import { type Captured, loadFixtures, messagesIn, sentBy, treeOf } from '../../fixtures.ts'
import { commands } from './commands/index.ts'

const CHANGES = [RTM_NEWLINK, RTM_DELLINK, RTM_SETLINK, RTM_NEWLINKPROP, RTM_DELLINKPROP]
const EMPTY_PROBE = 16

/** iproute2 first sends an empty RTM_NEWLINK, to see whether the kernel can do links at all. */
function isProbe({ type, payload }: Captured): boolean {
  return type === RTM_NEWLINK && payload.length === EMPTY_PROBE && payload.every((byte) => byte === 0)
}

const changes = loadFixtures('link').flatMap(({ file, exchanges }) =>
  exchanges.flatMap((exchange) =>
    messagesIn(exchange)
      .filter((one) => one.direction === 'sent' && CHANGES.includes(one.type) && !isProbe(one))
      .map((one) => ({ ...one, file: file.replace(/^link\//, '') })),
  ),
)

describe('our request is the one of ip and bridge, as a tree of attributes', () => {
  test('every captured change is covered', () => {
    const missing = changes.filter(({ file, command }) => commands[file]?.[command] === undefined)
    expect(missing.map(({ file, command }) => `${file}: ${command}`)).toEqual([])
    expect(changes.length).toBeGreaterThan(200)
  })

  test.each(changes.filter(({ file, command }) => commands[file]?.[command] !== undefined))(
    '$file: $command',
    ({ file, command, type, flags, payload }) => {
      const ours = sentBy(commands[file]![command]!)
      expect(ours.type).toBe(type)
      expect(ours.flags).toBe(flags)
      expect(treeOf(linkMessage, ours.payload, { flags: true })).toEqual(treeOf(linkMessage, payload, { flags: true }))
    },
  )

  test('every one in the table was captured', () => {
    const known = new Set(changes.map(({ file, command }) => `${file}: ${command}`))
    const invented = Object.entries(commands).flatMap(([file, table]) =>
      Object.keys(table).filter((command) => !known.has(`${file}: ${command}`)),
    )
    expect(invented).toEqual([])
  })

  test('messages have names', () => {
    expect(CHANGES.map((type) => messages.get(type)?.name)).toEqual([
      'RTM_NEWLINK',
      'RTM_DELLINK',
      'RTM_SETLINK',
      'RTM_NEWLINKPROP',
      'RTM_DELLINKPROP',
    ])
  })
})
