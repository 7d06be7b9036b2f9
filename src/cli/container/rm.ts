import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { type FoundContainer, listContainers, removeContainer } from '../../ops/index.ts'
import { ownCommand, UsageError } from '../own-command.ts'
import { isForeseen, wordsOf } from './foreseen.ts'

const USAGE = `Usage: ipts rm [ --force ] NAME...

  Takes away containers that "ipts run" has connected, or what is left of them: namespaces, cables, published ports, and
  the bridge with the last of its containers.

  --force, -f  ends the processes that are in them first
`

/** How long processes may take to end when they are asked to, in milliseconds. */
const GRACE = 2000
const STEP = 20

/** `ipts rm`: the status is 1 where one of them is not there or still has processes; the others are taken away. */
export const main = ownCommand({
  name: 'rm',
  usage: USAGE,
  foresees: isForeseen,
  words: wordsOf,
  options: { force: { type: 'boolean', short: 'f' } },
  async run({ force }, names, out) {
    if (names.length === 0) throw new UsageError('expected the name of a container')
    let status = 0
    for (const name of names) {
      const found = (await listContainers()).find((container) => container.name === name)
      const inhabited = found !== undefined && found.pids.length > 0
      const why =
        found === undefined
          ? 'there is no such container'
          : inhabited && !force
            ? `processes are in it: ${found.pids.join(', ')} (--force ends them)`
            : undefined
      if (why !== undefined) {
        process.stderr.write(`ipts rm: ${name}: ${why}\n`)
        status = 1
        continue
      }
      if (inhabited) await endAll(found)
      await removeContainer(name)
      out.write(`${name}\n`)
    }
    return status
  },
})

/** Asks the processes of a container to end, and ends those that do not. */
async function endAll({ link }: FoundContainer): Promise<void> {
  const pids = async () => (await listContainers()).find((container) => container.link === link)?.pids ?? []
  for (const pid of await pids()) kill(pid, 'SIGTERM')
  for (let waited = 0; waited < GRACE && (await pids()).length > 0; waited += STEP) await sleep(STEP)
  for (const pid of await pids()) kill(pid, 'SIGKILL')
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
