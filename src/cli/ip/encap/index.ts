import type { route } from '../../../rtnl/index.ts'
import { CommandFailure, type Keyword, spellings, usage, type Words, wrong } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { unsupportedVerb } from '../unsupported.ts'
import { bpf } from './bpf.ts'
import { ila } from './ila.ts'
import { ioam6 } from './ioam6.ts'
import { ip, ip6 } from './ip.ts'
import type { Encap, EncapName } from './kind.ts'
import { mpls } from './mpls.ts'
import { rpl } from './rpl.ts'
import { seg6 } from './seg6.ts'
import { seg6local } from './seg6local.ts'
import { xfrm } from './xfrm.ts'

/** The encapsulations of ip-route(8), in the order of its help. */
const ENCAPS: { readonly [Name in EncapName]: Encap<Name> } = {
  mpls,
  ip,
  ila,
  ip6,
  seg6,
  bpf,
  seg6local,
  rpl,
  ioam6,
  xfrm,
}

interface Encapsulated {
  encapType?: route.RouteInput['encapType']
  encap?: route.RouteInput['encap']
}

function encapUsage(): string {
  const lines = Object.keys(ENCAPS).map((name, i) => `${name} ${i === 0 ? 'TYPE := ' : '      '}`)
  return ['Usage: ip route ... encap TYPE [ OPTIONS ] [...]', ...lines].join('\n')
}

function read(words: Words, session: Session): Encapsulated {
  const name = words.current
  if (name === 'help') throw usage(encapUsage())
  if (!Object.hasOwn(ENCAPS, name)) throw wrong(name, '"encap type" value is invalid\n')
  words.next()
  if (!words.hasNext) throw new CommandFailure('Error: unexpected end of line after "encap"', 255)
  const kind: Pick<Encap<EncapName>, 'read'> = ENCAPS[name as EncapName] as never
  if (kind.read === undefined) return unsupportedVerb(`encap ${name}`)()
  return { encapType: name as EncapName, encap: kind.read(words, session) as route.RouteInput['encap'] }
}

/** `encap TYPE OPTIONS`, of a route or of a next hop. */
export function encapKeyword<Draft extends { readonly session: Session; readonly request: object }>(): Keyword<Draft> {
  return {
    spellings: spellings('encap'),
    value: { hint: 'ENCAPTYPE ENCAPHDR', choices: Object.keys(ENCAPS) },
    take(words, { request, session }) {
      Object.assign(request, read(words, session))
    },
  }
}

/** ` encap mpls 100 `. */
export function printEncap({ encapType, encap }: Pick<route.Route, 'encapType' | 'encap'>, session: Session): void {
  if (encapType === undefined || encap === undefined) return
  const name = typeof encapType === 'string' && Object.hasOwn(ENCAPS, encapType) ? encapType : 'unknown'
  session.printer.field('encap', name, ' encap % ')
  if (name === 'unknown' || encap instanceof Uint8Array) return
  const kind: Pick<Encap<EncapName>, 'print'> = ENCAPS[name as EncapName] as never
  kind.print(encap as never, session)
}
