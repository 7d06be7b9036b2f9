import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { pid as own } from 'node:process'

/** A process that has a tun or tap link open. */
export interface Attached {
  readonly name: string
  readonly pid: number
}

/** Those of one link, as /proc tells. What is gone while it is looked at, or not to be looked at, is passed over. */
export function* processesOf(link: string): Generator<Attached> {
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry)
    if (!Number.isInteger(pid) || pid === own) continue
    for (const fd of attempt(() => readdirSync(`/proc/${pid}/fd`)) ?? []) {
      if (attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) !== '/dev/net/tun') continue
      const info = attempt(() => readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'latin1')) ?? ''
      if (/^iff:\s*(\S+)$/m.exec(info)?.[1] !== link) continue
      const name = attempt(() => readFileSync(`/proc/${pid}/comm`, 'latin1').replace(/\n$/, ''))
      yield { name: name ?? '<NULL>', pid }
    }
  }
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
