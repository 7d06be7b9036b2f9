import { list as listNetns } from '../netns/index.ts'
import { type EchoResult, echo, waitForLink, withRoute } from '../ops/index.ts'
import { address as addresses, link } from '../rtnl/index.ts'
import type { Check, Verdict } from './tutorial.ts'

/** The kernel may take a second to notice that a link has a carrier (net/core/link_watch.c). */
const PATIENCE_FOR_LINKS = 3000

interface Wording {
  readonly command?: string
  readonly proves: string
  /** The name of the namespace to look from; the host's own unless told. */
  readonly netns?: string
}

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

/** Which links there are and which there are not. */
export function linksAre({ present = [], absent = [], only = false }: Presence, wording: Wording): Check {
  return {
    ...wording,
    async run({ signal }) {
      const found = await withRoute(wording.netns, {}, (route) => route.request(link.list(), { signal }))
      const names = found.map(({ name }) => name ?? '')
      const passed =
        present.every((name) => names.includes(name)) &&
        !absent.some((name) => names.includes(name)) &&
        (!only || names.length === present.length)
      return { passed, found: `links: ${words(names)}` }
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
      return await withRoute(wording.netns, {}, async (route) => {
        try {
          await waitForLink(route, { name, when }, { timeout: PATIENCE_FOR_LINKS, signal })
          return { passed: true, found: `${name} is ${what}` }
        } catch (error) {
          signal?.throwIfAborted()
          return { passed: false, found: wordsOf(error) }
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
      return await withRoute(wording.netns, {}, async (route) => {
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

/** A link has an address, with this broadcast address where one is said. */
export function hasAddress(
  name: string,
  wanted: { readonly address: string; readonly broadcast?: string },
  wording: Wording,
): Check {
  return {
    ...wording,
    async run({ signal }) {
      return await withRoute(wording.netns, {}, async (route) => {
        const { index, flags } = await route.request(link.get(name), { signal })
        const found = await route.request(addresses.list({ index, family: 'inet' }), { signal })
        const entry = found.find(({ address }) => address === wanted.address)
        const passed = entry !== undefined && (wanted.broadcast === undefined || entry.broadcast === wanted.broadcast)
        const texts = found.map(
          ({ address, broadcast }) => `${address}${broadcast === undefined ? '' : ` brd ${broadcast}`}`,
        )
        return { passed, found: `${name} is ${flags.includes('up') ? 'up' : 'down'} with ${words(texts)}` }
      })
    },
  }
}

/** The address answers a ping. */
export function answers(address: string, wording: Wording): Check {
  return { ...wording, run: ({ signal }) => ping(address, wording.netns, signal, ({ outcome }) => outcome === 'reply') }
}

/** The address does not answer a ping: nobody does, or the network says that it cannot be reached. */
export function isSilent(address: string, wording: Wording): Check {
  return { ...wording, run: ({ signal }) => ping(address, wording.netns, signal, ({ outcome }) => outcome !== 'reply') }
}

/** Long enough for a reply from another namespace, which takes far less than a millisecond, on a machine that has much else to do. */
const PATIENCE = 1000

async function ping(
  address: string,
  netns: string | undefined,
  signal: AbortSignal | undefined,
  expected: (result: EchoResult) => boolean,
): Promise<Verdict> {
  const result = await echo(address, { netns, signal, timeout: PATIENCE })
  return { passed: expected(result), found: resultWords(address, result) }
}

function resultWords(address: string, result: EchoResult): string {
  switch (result.outcome) {
    case 'reply':
      return `${result.from} answered in ${result.milliseconds.toFixed(2)} ms (ttl ${result.ttl})`
    case 'timeout':
      return `${address} did not answer within ${result.milliseconds} ms`
    case 'error':
      return `${result.from === undefined ? 'not sent' : `${result.from} says`}: ${result.reason} (${result.code})`
  }
}

function words(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
