import { readFileSync } from 'node:fs'
import { TUN_FLAGS, type TunFlag } from '../../../ops/index.ts'
import { link } from '../../../rtnl/index.ts'
import type { Printer } from '../../print/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { processesOf } from './processes.ts'

/** What there is to say of a link beyond its name; accounts by number. */
interface Tuntap {
  readonly flags: number
  readonly user?: number
  readonly group?: number
}

type Data = NonNullable<Extract<NonNullable<link.Link['linkinfo']>, { kind: 'tun' }>['data']>

/** `ip tuntap show`. */
export function show(session: Session): number {
  const { route, printer, options } = session
  dumping(session, 1, () => {
    for (const { name, type, linkinfo } of [...route.each(link.list({ kind: 'tun' }))]) {
      if (name === undefined || (type !== 'none' && type !== 'ether') || linkinfo?.kind !== 'tun') continue
      // What /sys shows is of the namespace that it was mounted in.
      const found = session.namespace === undefined ? fromSys(name) : fromLink(linkinfo.data ?? {})
      if (found === undefined) continue
      printer.object(undefined, () => {
        printer.field('ifname', name, '%:', { colour: 'ifname' })
        printer.array('flags', () => printTunFlags(found.flags, printer))
        if (found.user !== undefined) printer.field('user', found.user, ' user %')
        if (found.group !== undefined) printer.field('group', found.group, ' group %')
        if (options.details > 0) printProcesses(name, printer)
      })
      printer.endRecord()
    }
  })
  return 0
}

function fromSys(name: string): Tuntap | undefined {
  const read = (file: string) => Number(readFileSync(`/sys/class/net/${name}/${file}`, 'latin1').trim())
  const account = (file: string) => {
    const id = read(file)
    return id === -1 ? undefined : id
  }
  try {
    return { flags: read('tun_flags'), user: account('owner'), group: account('group') }
  } catch {
    // Gone meanwhile.
    return undefined
  }
}

function fromLink({ type, pi, vnetHdr, multiQueue, persist, owner, group }: Data): Tuntap {
  const set: readonly (readonly [TunFlag, boolean | undefined])[] = [
    ['tun', type === 'tun'],
    ['tap', type === 'tap'],
    ['no-pi', pi === false],
    ['vnet-hdr', vnetHdr],
    ['multi-queue', multiQueue],
    ['persist', persist],
  ]
  const flags = set.reduce((sum, [flag, on]) => (on ? sum | TUN_FLAGS[flag] : sum), 0)
  return { flags, user: owner, group }
}

function printTunFlags(flags: number, printer: Printer): void {
  const word = (text: string, on: boolean) => {
    if (on) printer.item(text, ' %')
  }
  const has = (flag: TunFlag) => (flags & TUN_FLAGS[flag]) !== 0
  word('tun', has('tun'))
  word('tap', has('tap'))
  word('pi', !has('no-pi'))
  word('one_queue', has('one-queue'))
  word('multi_queue', has('multi-queue'))
  word('vnet_hdr', has('vnet-hdr'))
  word('persist', has('persist'))
  // IFF_NOFILTER has the number of IFF_NO_PI.
  word('filter', !has('no-pi'))
  const known = Object.entries(TUN_FLAGS).reduce((sum, [name, bit]) => (name === 'exclusive' ? sum : sum | bit), 0)
  const rest = flags & ~known
  if (rest !== 0) printer.item(`0x${rest.toString(16)}`, ' %')
}

function printProcesses(name: string, printer: Printer): void {
  printer.newLine()
  printer.text('\tAttached to processes:')
  printer.array('processes', () => {
    for (const process of processesOf(name)) {
      printer.object(undefined, () => {
        printer.field('name', process.name, '%')
        printer.field('pid', process.pid, '(%)')
      })
    }
  })
}
