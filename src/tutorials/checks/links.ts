import { setTimeout as sleep } from 'node:timers/promises'
import { list as listNetns } from '../../netns/index.ts'
import { WaitTimeoutError, waitForLink, withRoute } from '../../ops/index.ts'
import { link } from '../../rtnl/index.ts'
import type { Check } from '../tutorial.ts'
import { namespaceAt, type Wording, words, wordsOf } from './place.ts'

/** The kernel may take a second to notice that a link has a carrier (net/core/link_watch.c). */
const PATIENCE_FOR_LINKS = 3000

/** Each of the namespaces has its name. */
export function namespacesExist(names: readonly string[], wording: Wording): Check {
  return {
    ...wording,
    async run() {
      const found = listNetns()
      return { passed: names.every((name) => found.includes(name)), found: `named: ${words(found)}` }
    },
  }
}

export interface Presence {
  readonly present?: readonly string[]
  readonly absent?: readonly string[]
  /** Whether there are no others than those present. */
  readonly only?: boolean
}

/** None of the namespaces is there. */
export function namespacesAreGone(names: readonly string[], wording: Wording): Check {
  return {
    ...wording,
    async run() {
      const found = listNetns()
      return { passed: !names.some((name) => found.includes(name)), found: `named: ${words(found)}` }
    },
  }
}

/** Which links there are and which there are not. */
export function linksAre({ present = [], absent = [], only = false }: Presence, wording: Wording): Check {
  return {
    ...wording,
    async run({ signal }) {
      let names: string[] = []
      const asWanted = () =>
        present.every((name) => names.includes(name)) &&
        !absent.some((name) => names.includes(name)) &&
        (!only || names.length === present.length)
      // What was in a deleted namespace is taken down some time later (net/core/net_namespace.c, cleanup_net).
      for (const end = performance.now() + PATIENCE_FOR_LINKS; ; await sleep(20, undefined, { signal })) {
        const found = await withRoute(namespaceAt(wording.netns), {}, (route) => route.request(link.list(), { signal }))
        names = found.map(({ name }) => name ?? '')
        if (asWanted() || performance.now() > end) return { passed: asWanted(), found: `links: ${words(names)}` }
      }
    },
  }
}

/** A link is as described, at once or, as the kernel tells of a change, within a few seconds. */
export function linkIs(
  name: string,
  { what, when }: { readonly what: string; when(found: link.Link): boolean },
  wording: Wording,
): Check {
  return {
    ...wording,
    async run({ signal }) {
      return await withRoute(namespaceAt(wording.netns), {}, async (route) => {
        try {
          await waitForLink(route, { name, when }, { timeout: PATIENCE_FOR_LINKS, signal })
          return { passed: true, found: `${name} is ${what}` }
        } catch (error) {
          signal?.throwIfAborted()
          return { passed: false, found: error instanceof WaitTimeoutError ? `${name} is not ${what}` : wordsOf(error) }
        }
      })
    },
  }
}

/** The links are ports of the bridge, and it passes on what they receive. */
export function portsOf(bridge: string, ports: readonly string[], wording: Wording): Check {
  return {
    ...wording,
    async run({ signal }) {
      return await withRoute(namespaceAt(wording.netns), {}, async (route) => {
        const { index } = await route.request(link.get(bridge))
        const forwards = ({ master, linkinfo }: link.Link) =>
          master === index && linkinfo?.slaveKind === 'bridge' && linkinfo.slaveData?.state === 'forwarding'
        for (const name of ports) {
          await waitForLink(route, { name, when: forwards }, { timeout: PATIENCE_FOR_LINKS, signal })
        }
        const found = (await route.request(link.list({ master: index }))).map(({ name }) => name ?? '')
        return {
          passed: ports.every((name) => found.includes(name)),
          found: `forwarding ports of ${bridge}: ${words(found)}`,
        }
      })
    },
  }
}
