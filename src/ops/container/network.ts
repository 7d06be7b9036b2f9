import { address as addresses, link } from '../../rtnl/index.ts'
import { addAddress } from '../address.ts'
import { setUp } from '../change-link.ts'
import { createLink, find } from '../create-link.ts'
import { allowForward, deleteRulesOf, dropInput, masquerade, ownersOfRules } from '../firewall/index.ts'
import { enableForwarding } from '../forwarding.ts'
import { unless } from '../missing.ts'
import { type Op, plan } from '../op.ts'
import { readSysctl, setSysctl, writeSysctl } from '../sysctl.ts'
import { type Context, withRoute } from '../target.ts'
import { describe } from './alias.ts'
import { ContainerError } from './error.ts'
import { ifSensible } from './foreign.ts'
import { LOOPBACK } from './publish.ts'
import { parseSubnet, type Subnet } from './subnet.ts'

export interface ContainerNetwork {
  /** The name of its bridge; `ipts0` unless told. */
  readonly bridge?: string
  /** `172.18.0.0/16` unless told, or what that of the bridge is already. */
  readonly subnet?: string
}

/** A network, and what the kernel's parameters were before it came. */
export interface NetworkRecord {
  readonly bridge: string
  readonly subnet: Subnet
  /** By the parameters' names. The kernel changes the second with the first (net/ipv4/devinet.c, inet_forward_change). */
  readonly before: Readonly<Record<(typeof PARAMETERS)[number], string>>
}

const PARAMETERS = ['net.ipv4.ip_forward', 'net.ipv4.conf.all.accept_redirects'] as const

/*
 * What a bridge says of itself in its alias, and its rules as their owner: so that whoever comes later knows it, and what to put back when it goes,
 * even where somebody else has deleted the bridge.
 */
const TEXT = '(\\S+) forwarding (\\d) redirects (\\d)$'
const ALIAS = new RegExp(`^ipts network ${TEXT}`)
const OWNER = new RegExp(`^network (\\S+) ${TEXT}`)

function textOf({ subnet, before }: NetworkRecord): string {
  const [forwarding, redirects] = PARAMETERS.map((name) => before[name])
  return `${subnet.text} forwarding ${forwarding} redirects ${redirects}`
}

const ownerOf = (record: NetworkRecord) => `network ${record.bridge} ${textOf(record)}`

function recordOf(bridge: string, words: readonly string[] | null): NetworkRecord | undefined {
  const [subnet, forwarding, redirects] = words ?? []
  if (subnet === undefined || forwarding === undefined || redirects === undefined) return undefined
  const before = { 'net.ipv4.ip_forward': forwarding, 'net.ipv4.conf.all.accept_redirects': redirects }
  const parsed = ifSensible(() => parseSubnet(subnet))
  return parsed && { bridge, subnet: parsed, before }
}

const fromAlias = (bridge: string, alias = '') => recordOf(bridge, ALIAS.exec(alias)?.slice(1) ?? null)

/**
 * The network of that bridge: as it is, or, where there is no such bridge, as it will be.
 * @throws ContainerError where the bridge is something else, of another subnet, or this host has addresses of its subnet already
 */
export async function networkFor(
  bridge: string,
  subnet: string | undefined,
  context: Context = {},
): Promise<{ readonly record: NetworkRecord; readonly isNew: boolean }> {
  const found = await withRoute(undefined, context, (route) => find(route, bridge))
  if (found === undefined) {
    // Somebody may have deleted the bridge alone.
    await clearNetwork(bridge, context)
    return { record: await newNetwork(bridge, parseSubnet(subnet ?? '172.18.0.0/16'), context), isNew: true }
  }
  const record = fromAlias(bridge, found.alias)
  if (found.linkinfo?.kind !== 'bridge' || record === undefined) {
    throw new ContainerError('ERR_NOT_A_NETWORK', `${bridge} is there, and is no network of containers`)
  }
  if (subnet !== undefined && subnet !== record.subnet.text) {
    throw new ContainerError('ERR_OTHER_SUBNET', `${bridge} is of ${record.subnet.text}, not of ${subnet}`)
  }
  return { record, isNew: false }
}

async function newNetwork(bridge: string, subnet: Subnet, context: Context): Promise<NetworkRecord> {
  await withRoute(undefined, context, async (route) => {
    const found = await route.request(addresses.list({ family: 'inet' }))
    const taken = found.find(({ address }) => address !== undefined && subnet.overlaps(address))
    if (taken === undefined) return
    const { name } = await route.request(link.get(taken.index))
    throw new ContainerError('ERR_SUBNET_TAKEN', `${subnet.text} is taken: ${name} has ${taken.address}`)
  })
  const [forwarding, redirects] = PARAMETERS.map((name) => readSysctl(name))
  return recordOf(bridge, [subnet.text, forwarding!, redirects!])!
}

/** Makes the bridge, gives it the gateway's address, and opens the way from it to everywhere and back. */
export function makingNetwork(record: NetworkRecord): Op {
  const { bridge, subnet } = record
  return plan(`create network ${bridge}`, [
    ...rulesOfNetwork(record),
    createLink({ name: bridge, kind: 'bridge', address: stationOf(subnet.gateway) }),
    describe(bridge, `ipts network ${textOf(record)}`),
    addAddress({ link: bridge, address: `${subnet.gateway}/${subnet.length}`, broadcast: '+' }),
    setUp({ link: bridge }),
    enableForwarding(),
    // So that this host gets answers at 127.0.0.1; the rule that drops all else for it is there already.
    setSysctl(`net/ipv4/conf/${bridge}/route_localnet`, 1),
  ]) as Op
}

/**
 * The rules of all containers of a network. Those who open a connection to one of its ports by an address of this host get its answers from
 * this host, which they would not where they are at the same bridge, or at 127.0.0.1.
 */
export function rulesOfNetwork(record: NetworkRecord): Op[] {
  const { bridge, subnet } = record
  const owner = ownerOf(record)
  return [
    dropInput({ in: bridge, destination: LOOPBACK, notStates: ['established', 'related'], first: true, owner }),
    masquerade({ source: subnet.text, notOut: bridge, owner }),
    masquerade({ source: subnet.text, out: bridge, redirected: true, owner }),
    masquerade({ source: LOOPBACK, out: bridge, owner }),
    allowForward({ out: bridge, states: ['established', 'related'], first: true, owner }),
  ]
}

/**
 * A bridge that was given no Ethernet address takes one of its ports', and another when that port goes: then its containers would know a gateway
 * that is not there any more.
 */
function stationOf(gateway: string): string {
  const bytes = gateway.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))
  return ['02', '42', ...bytes].join(':')
}

/** Takes away a network that no container is in any more, or what is left of it; not where something else is at the bridge. */
export async function dissolveNetwork(bridge: string, context: Context = {}): Promise<void> {
  await withRoute(undefined, context, async (route) => {
    const found = await find(route, bridge)
    const record = fromAlias(bridge, found?.alias)
    if (found !== undefined) {
      if (record === undefined || (await route.request(link.list({ master: found.index }))).length > 0) return
      await unless(['ENODEV'], route.request(link.delete({ index: found.index })))
    }
    await clearNetwork(bridge, context, record)
  })
}

/** Takes away what a bridge leaves behind that is not there any more: its rules, and that this host forwards. */
async function clearNetwork(bridge: string, context: Context, known?: NetworkRecord): Promise<void> {
  const wordsOf = (owner: string) => {
    const [, of, ...words] = OWNER.exec(owner) ?? []
    return of === bridge ? words : null
  }
  const owners = await ownersOfRules(undefined, context)
  const record = known ?? owners.flatMap((owner) => recordOf(bridge, wordsOf(owner)) ?? [])[0]
  await deleteRulesOf((owner) => wordsOf(owner) !== null, undefined, context)
  if (record === undefined) return
  for (const name of PARAMETERS) if (readSysctl(name) !== record.before[name]) writeSysctl(name, record.before[name])
}
