import { readdirSync } from 'node:fs'
import { netns } from '../../src/index.ts'
import { link, openRoute } from '../../src/rtnl/index.ts'

/**
 * Has the kernel do now, link by link, what it would do for changed carriers in a task of its own up to a second later: a link that is
 * asked for alone brings its carrier up to date (linkwatch_sync_dev, Linux 6.8). In this namespace and those that have names.
 */
export function noticeCarriers(): void {
  notice(undefined)
  for (const name of names()) {
    try {
      using namespace = netns.open(name)
      notice(namespace)
    } catch {
      // Not every file there is a namespace.
    }
  }
}

function names(): string[] {
  try {
    return readdirSync(netns.directory)
  } catch {
    return []
  }
}

function notice(namespace: netns.Namespace | undefined): void {
  using route = openRoute(namespace && { netns: namespace })
  for (const { index } of route.requestSync(link.list())) {
    try {
      route.requestSync(link.get({ index }))
    } catch {
      // A namespace that goes away takes its links along.
    }
  }
}
