import { describe, expect, test } from 'vitest'
import { link, routeProtocol } from '../../src/rtnl/index.ts'
import { loadFixtures, messagesIn, sentBy, treeOf } from '../fixtures.ts'
import { commands } from './commands/index.ts'

const { messages } = routeProtocol
const folders = ['address', 'route', 'neighbour', 'rule', 'nexthop', 'nsid', 'link']

function isChange(type: number): boolean {
  return /^RTM_(NEW|DEL|SET)/.test(messages.get(type)?.name ?? '') && !link.messages.has(type)
}

// A flush sends back what the kernel has just listed, as it came: no command line of a user's says that.
const isFlush = (command: string) => / flush( |$)/.test(command)

const fixtures = folders.flatMap((folder) => loadFixtures(folder))
const changes = fixtures.flatMap(({ file, exchanges }) =>
  exchanges
    .filter(({ command }) => !isFlush(command))
    .flatMap((exchange) =>
      messagesIn(exchange)
        .filter(({ direction, type }) => direction === 'sent' && isChange(type))
        .map((one) => ({ ...one, file })),
    ),
)

describe('our request is that of ip and bridge, as a tree of attributes', () => {
  test('every captured change is covered', () => {
    const missing = changes.filter(({ file, command }) => commands[file]?.[command] === undefined)
    expect(missing.map(({ file, command }) => `${file}: ${command}`)).toEqual([])
    expect(changes.length).toBeGreaterThan(50)
  })

  test.each(changes.filter(({ file, command }) => commands[file]?.[command] !== undefined))(
    '$file: $command',
    ({ file, command, type, flags, payload }) => {
      const { codec } = messages.get(type)!
      const ours = sentBy(commands[file]![command]!)
      expect(ours.type).toBe(type)
      expect(ours.flags).toBe(flags)
      expect(treeOf(codec, ours.payload, { flags: true })).toEqual(treeOf(codec, payload, { flags: true }))
    },
  )

  test('every one in the tables was captured', () => {
    const known = new Set(changes.map(({ file, command }) => `${file}: ${command}`))
    const invented = Object.entries(commands).flatMap(([file, table]) =>
      Object.keys(table).filter((command) => !known.has(`${file}: ${command}`)),
    )
    expect(invented).toEqual([])
  })
})
