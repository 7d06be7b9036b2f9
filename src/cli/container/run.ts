import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { constants } from 'node:os'
import process from 'node:process'
import { connectContainer, inside } from '../../ops/index.ts'
import { ownCommand, UsageError } from '../own-command.ts'
import { isForeseen } from './foreseen.ts'

const USAGE = `Usage: ipts run [ --name NAME ] [ --publish [ADDRESS:]PORT:PORT[/udp] ]... [ --network BRIDGE ]
                [ --subnet PREFIX ] [ --detach ] -- COMMAND [ ARGUMENT... ]

  Runs a command in a network of its own, as Docker connects a container: a namespace on a bridge, with an address, a
  default route through NAT, and ports of this host that lead to it. Files and processes are this host's.

  --name, -n     of its network namespace: "ip netns exec NAME ..." gets into it
  --publish, -p  a port of this host, and the port that it leads to
  --network      the bridge, ipts0 unless told: it is made with its first container and goes with its last one
  --subnet       of that bridge when it is made, 172.18.0.0/16 unless told
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
  foresees: isForeseen,
  options: {
    name: { type: 'string', short: 'n' },
    publish: { type: 'string', short: 'p', multiple: true },
    network: { type: 'string' },
    subnet: { type: 'string' },
    detach: { type: 'boolean', short: 'd' },
  },
  async run({ name = `c${randomBytes(4).toString('hex')}`, publish, network, subnet, detach }, words, out, rest = []) {
    const [command, ...args] = [...words, ...rest]
    if (command === undefined) throw new UsageError('expected a command')
    const container = connectContainer({
      name,
      ...(publish && { publish }),
      network: { ...(network && { bridge: network }), ...(subnet && { subnet }) },
    })
    const connected = await container.do()
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
    const status = await ending(child)
    await container.undo(connected)
    return status
  },
})

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

/** Passes on what should end the command, and waits until it has ended: the network is taken away after it. */
async function ending(child: ChildProcess): Promise<number> {
  const signals = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const
  const pass = (signal: NodeJS.Signals) => {
    // A terminal sends these to the command as well.
    if (signal !== 'SIGINT' && signal !== 'SIGQUIT') child.kill(signal)
  }
  for (const signal of signals) process.on(signal, pass)
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  for (const one of signals) process.off(one, pass)
  return code ?? SIGNALLED + constants.signals[signal!]
}
