import {
  addressText,
  choice,
  expectAddress,
  type Reader,
  usage as showUsage,
  u16,
  u32,
} from '../../../grammar/index.ts'
import type { DataOf, InputOf } from './data.ts'
import { fields } from './fields.ts'
import { type KindDraft, kindRows, linkKind } from './kind.ts'
import { type OnceDraft, onceRows } from './once.ts'
import { below } from './udp-tunnel.ts'

const usage = `Usage: ... amt
               [ discovery IP_ADDRESS ]
               [ mode MODE ]
               [ local ADDR ]
               [ dev PHYS_DEV ]
               [ relay_port PORT ]
               [ gateway_port PORT ]
               [ max_tunnels NUMBER ]

Where: ADDR	:= { IP_ADDRESS }
       MODE	:= { gateway | relay }`

type Input = InputOf<'amt'>
type Draft = OnceDraft<Input>

const { option } = kindRows<Input>()
const { option: once } = onceRows<Input>()
const { number, when, text } = fields<DataOf<'amt'>>()

const address: Reader<string, KindDraft<Input>> = {
  hint: 'IP_ADDRESS',
  read(words, draft) {
    const found = expectAddress(words.current, draft.family)
    return addressText(found)
  },
}

const end = (key: 'localIp' | 'remoteIp' | 'discoveryIp', name: string) =>
  text(key, name, name, (ip, { hostText }) => hostText(ip))

export const amt = linkKind<Input, Draft>('amt', () => ({
  usage,
  unknown: 'command',
  help: 'full',
  draft: (base) => ({ ...base, given: new Set() }),
  keywords: [
    option(
      'mode',
      choice({ gateway: 'gateway', relay: 'relay' } as const, () => showUsage(usage, 1)),
      'mode',
    ),
    option('relay_port', u16('relay_port', 'PORT'), 'relayPort'),
    option('gateway_port', u16('gateway_port', 'PORT'), 'gatewayPort'),
    option('max_tunnels', u32('max_tunnels'), 'maxTunnels'),
    option('dev', below, 'link'),
    once('local', 'local', 'local', address, 'localIp'),
    once('discovery', 'discovery', 'discovery', address, 'discoveryIp'),
  ],
  print: [
    when('mode', (mode, printer) => printer.field('mode', typeof mode === 'string' ? mode : String(mode), '% ')),
    number('gatewayPort', 'gateway_port'),
    number('relayPort', 'relay_port'),
    end('localIp', 'local'),
    end('remoteIp', 'remote'),
    end('discoveryIp', 'discovery'),
    when('link', (index, printer, { devices }) => printer.field('link', devices.name(index), 'dev % ')),
    number('maxTunnels', 'max_tunnels'),
  ],
}))
