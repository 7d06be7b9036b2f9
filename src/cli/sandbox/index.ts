import { mkdirSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { errnoMessage, MS_BIND, mount, SystemError } from '../../libc/index.ts'
import { become, type Namespace } from '../../netns/index.ts'
import { enterSandbox, SandboxError } from '../../ops/index.ts'
import { ownCommand, UsageError } from '../own-command.ts'
import { thisProgram, wholeShimNames, writeShims } from '../shims/index.ts'

const USAGE = `Usage: ipts sandbox [ --uplink ] [ --shims ] [ -- CMD... ]

  Runs a command, or a shell, in a disposable host: network, /run and /sys of its own, which end with it.
  --uplink  gives it eth0 (172.17.0.2/16) and an outside world in which 172.17.0.1, 172.17.0.3 and 8.8.8.8 answer
  --shims   puts the tools that ipts stands for first in its PATH
`

/** In the sandbox's own /run. */
const DIRECTORY = '/run/ipts'

/**
 * `ipts sandbox`: this process becomes the command, so that its status, its streams and its signals are the command's own. The status is
 * 127 where there is no such command and 126 where it cannot be executed, as a shell has it; 255 for words without sense; 1 where the
 * system allows no sandbox.
 */
export const main = ownCommand({
  name: 'sandbox',
  usage: USAGE,
  options: { uplink: { type: 'boolean' }, shims: { type: 'boolean' } },
  foresees: (error): error is Error =>
    error instanceof SandboxError || error instanceof SystemError || error instanceof RangeError,
  async run({ uplink = false, shims = false }, words, out, rest) {
    if (words.length > 0) throw new UsageError('the command stands after --')
    const { outside } = await enterSandbox({ uplink })
    mkdirSync(DIRECTORY, { recursive: true })
    if (outside !== undefined) pin(outside)
    if (shims) {
      writeShims(`${DIRECTORY}/bin`, wholeShimNames(), thisProgram())
      process.env.PATH = [`${DIRECTORY}/bin`, process.env.PATH].filter((path) => path !== undefined).join(':')
    }
    const command = rest === undefined || rest.length === 0 ? [process.env.SHELL ?? '/bin/sh'] : rest
    out.flush()
    try {
      return become(command)
    } catch (error) {
      if (!(error instanceof SystemError) || error.syscall !== 'execvp') throw error
      process.stderr.write(`ipts sandbox: ${command[0]}: ${errnoMessage(error.errno)}\n`)
      return error.code === 'ENOENT' ? 127 : 126
    }
  },
})

/** Only this process's descriptor holds the outside world, and that ends with it: a mount holds it as long as the sandbox is there. */
function pin(outside: Namespace): void {
  const path = `${DIRECTORY}/outside`
  writeFileSync(path, '')
  mount(`/proc/self/fd/${outside.fd}`, path, 'none', MS_BIND)
}
