import { writeSync } from 'node:fs'
import { errnoMessage, SystemError } from '../../libc/index.ts'
import { NetlinkError, type Socket } from '../../netlink/index.ts'
import { openRoute } from '../../rtnl/index.ts'
import { type Devices, openDevices } from '../devices.ts'
import { CommandFailure } from '../grammar/index.ts'
import { type Output, openOutput } from '../print/index.ts'
import { type Requester, sender } from '../requester.ts'

/** What an old tool has at hand, which made its ioctls where this asks by netlink. */
export interface Tool {
  readonly out: Output
  readonly route: Requester
  readonly devices: Devices
  /** Text on stderr, after what stdout has been given so far. */
  complain(text: string): void
}

/** Runs a tool and gives its exit status. CommandFailure ends it with what it says, whatever has been printed before. */
export async function runTool(body: (tool: Tool) => Promise<number>): Promise<number> {
  const out = openOutput(1)
  let socket: Socket | undefined
  const route = sender(() => {
    socket ??= openRoute()
    return socket
  })
  const complain = (text: string) => {
    out.flush()
    writeSync(2, text)
  }
  try {
    return await body({ out, route, devices: openDevices(route), complain })
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error
    if (error.message !== '') complain(`${error.message}\n`)
    return error.status
  } finally {
    socket?.close()
    out.flush()
  }
}

/** The errno of a refusal; what is none is thrown on. */
export function refused(error: unknown): { readonly code: string; readonly words: string } {
  if (!(error instanceof NetlinkError || error instanceof SystemError)) throw error
  return { code: error.code, words: errnoMessage(error.errno) }
}

/** Does what the tool did by an ioctl; where it is refused, the tool fails as perror(3) words it. Throws CommandFailure. */
export function byIoctl<T>(name: string, status: number, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw new CommandFailure(`${name}: ${refused(error).words}`, status)
  }
}
