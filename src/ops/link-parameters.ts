import { readdirSync } from 'node:fs'
import { readIfThere, writeValue } from './sysctl-file.ts'
import { inside, type NetnsTarget } from './target.ts'

/** The kernel parameters of one link, by their files: what it gets anew when it moves to another namespace. */
export type LinkParameters = ReadonlyMap<string, string>

const directories = ['ipv4/conf', 'ipv6/conf', 'ipv4/neigh', 'ipv6/neigh']

/** Reads them. Empty where /proc/sys is not there. */
export function linkParameters(netns: NetnsTarget, name: string): LinkParameters {
  return inside(netns, () => {
    const files = directories.flatMap((directory) => filesOf(`/proc/sys/net/${directory}/${name}`))
    return new Map(
      files.flatMap((file) => {
        const value = readIfThere(file)
        return value === undefined ? [] : [[file, value] as const]
      }),
    )
  })
}

/** Writes those that are not what they were, as far as they can be written. */
export function restoreParameters(netns: NetnsTarget, before: LinkParameters): void {
  inside(netns, () => {
    for (const [file, value] of before) {
      const now = readIfThere(file)
      if (now === undefined || now === value) continue
      try {
        writeValue(file, value)
      } catch {
        // Some only tell.
      }
    }
  })
}

function filesOf(directory: string): string[] {
  try {
    return readdirSync(directory).map((file) => `${directory}/${file}`)
  } catch {
    return []
  }
}
