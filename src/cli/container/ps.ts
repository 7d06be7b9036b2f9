import { type FoundContainer, formatPublication, listContainers } from '../../ops/index.ts'
import { ownCommand, UsageError } from '../own-command.ts'
import { isForeseen } from './foreseen.ts'

const USAGE = `Usage: ipts ps [ --json ]

  Lists the containers that "ipts run" has connected, and the processes in them. Of a broken one something has been
  taken away by others: "ipts rm NAME" takes away the rest.
`

/** `ipts ps`: a table, or one JSON array. */
export const main = ownCommand({
  name: 'ps',
  usage: USAGE,
  foresees: isForeseen,
  options: { json: { type: 'boolean' } },
  async run({ json }, words, out) {
    if (words.length > 0) throw new UsageError(`unexpected "${words[0]}"`)
    const containers = await listContainers()
    out.write(json ? `${JSON.stringify(containers.map(forJson))}\n` : tableOf(containers))
    return 0
  },
})

const forJson = ({ publish, ...rest }: FoundContainer) => ({ ...rest, publish: publish.map(formatPublication) })

function tableOf(containers: readonly FoundContainer[]): string {
  const rows = [
    ['NAME', 'ADDRESS', 'NETWORK', 'PORTS', 'STATE', 'PROCESSES'],
    ...containers.map(({ name, address, bridge, publish, missing, pids }) => [
      name,
      address,
      bridge,
      publish.map(formatPublication).join(','),
      missing.length === 0 ? 'connected' : `broken: no ${missing.join(', no ')}`,
      pids.join(','),
    ]),
  ]
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
