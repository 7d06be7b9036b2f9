import { closeSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { netns } from '../../src/index.ts'
import { link, openRoute } from '../../src/rtnl/index.ts'

/**
 * Has the kernel do now, link by link, what it would do for changed carriers in a task of its own up to a second later: a link that is
 * asked for alone brings its carrier up to date (linkwatch_sync_dev, Linux 6.8). In this namespace and those that have names.
 */
export function noticeCarriers(): void {
  notice(undefined)
  noticeCarriersIn(netns.directory)
}

/** The same in the namespaces of a directory in which they have names. */
export function noticeCarriersIn(directory: string): void {
  for (const name of names(directory)) {
    try {
      noticeCarriersOf(join(directory, name))
    } catch {
      // Not every file there is a namespace.
    }
  }
}

/** The same in one namespace, by the path of its file. */
export function noticeCarriersOf(path: string): void {
  const fd = openSync(path, 'r')
  try {
    notice(fd)
  } finally {
    closeSync(fd)
  }
}

function names(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

/** A bridge may get its carrier when that of a port is noticed, and a VLAN then from the bridge. */
const MOST_ROUNDS = 4

function notice(namespace: number | undefined): void {
  using route = openRoute(namespace === undefined ? {} : { netns: namespace })
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    const links = route.requestSync(link.list())
    // A kernel that is up to date says the same of both (net/core/dev.c, netif_get_flags).
    if (rounds > 0 && links.every(({ flags }) => flags.includes('lower-up') === flags.includes('running'))) return
    for (const { index } of links) {
      try {
        route.requestSync(link.get({ index }))
      } catch {
        // A namespace that goes away takes its links along.
      }
    }
  }
}
