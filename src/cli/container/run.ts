import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { constants } from 'node:os'
import process from 'node:process'
import { connectContainer, inside, type Op, PlanError } from '../../ops/index.ts'
import { ownCommand, UsageError } from '../own-command.ts'
import { isForeseen, wordsOf } from './foreseen.ts'
import { EndingSignals } from './signals.ts'

const USAGE = `Usage: ipts run [ --name NAME ] [ --publish [ADDRESS:]PORT:PORT[/udp] ]... [ --network BRIDGE ]
                [ --subnet PREFIX ] [ --detach ] [ -- ] COMMAND [ ARGUMENT... ]

  Runs a command in a network of its own, as Docker connects a container: a namespace on a bridge, with an address, a
  default route through NAT, and ports of this host that lead to it. Files and processes are this host's.

  --name, -n     of its network namespace: "ip netns exec NAME ..." gets into it
  --publish, -p  a port of this host, and the port of the command's network that it leads to; of all addresses of this host
                 unless one is given (127.0.0.1: for this host alone)
  --network      the bridge, ipts0 unless told: it is made with its first container and goes with its last one
  --subnet       of that bridge, 172.18.0.0/16 unless told
  --detach, -d   prints the name and leaves it running, until "ipts rm NAME"
`

/** As shells and Docker have it. */
const CANNOT_RUN = 126
const NOT_FOUND = 127
const SIGNALLED = 128

/** `ipts run`: resolves to the command's exit status, or Docker's 125 where there was no command to run it with. */
export const main = ownCommand({
  name: 'run',
  usage: USAGE,
  usageStatus: 125,
  failureStatus: 125,
  takesCommand: true,
  foresees: isForeseen,
  words: wordsOf,
  options: {
    name: { type: 'string', short: 'n' },
    publish: { type: 'string', short: 'p', multiple: true },
    network: { type: 'string' },
    subnet: { type: 'string' },
    detach: { type: 'boolean', short: 'd' },
  },
  async run({ name = `c${randomBytes(4).toString('hex')}`, publish, network, subnet, detach }, _, out, rest = []) {
    const [command, ...args] = rest
    if (command === undefined) throw new UsageError('expected a command')
    const container = connectContainer({
      name,
      ...(publish && { publish }),
      network: { ...(network && { bridge: network }), ...(subnet && { subnet }) },
    })
    using signals = new EndingSignals()
    const connected = await unlessEnded(container, signals)
    if (connected === undefined) return SIGNALLED + constants.signals[signals.received!]
    let child: ChildProcess
    try {
      child = await start(name, command, args, detach === true)
    } catch (error) {
      await container.undo(connected)
      const { code, message } = error as NodeJS.ErrnoException
      const missing = code === 'ENOENT'
      process.stderr.write(`ipts run: ${missing ? `${command}: command not found` : message}\n`)
      return missing ? NOT_FOUND : CANNOT_RUN
    }
    if (detach) {
      child.unref()
      out.write(`${name}\n`)
      return 0
    }
    const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
    signals.passTo(child)
    const [code, signal] = await exited
    await container.undo(connected)
    return code ?? SIGNALLED + constants.signals[signal!]
  },
})

/** Undefined where a signal came first: then there is nothing left of it. */
async function unlessEnded<Memory>(op: Op<Memory>, { signal }: EndingSignals): Promise<Memory | undefined> {
  try {
    const memory = await op.do({ signal })
    if (!signal.aborted) return memory
    await op.undo(memory)
    return undefined
  } catch (error) {
    if (signal.aborted && !(error instanceof PlanError && error.notUndone.length > 0)) return undefined
    throw error
  }
}

async function start(
  netns: string,
  command: string,
  args: readonly string[],
  detached: boolean,
): Promise<ChildProcess> {
  const child = inside(netns, () => spawn(command, args, { stdio: detached ? 'ignore' : 'inherit', detached }))
  await once(child, 'spawn')
  return child
}
