import { device, u8 } from '../../../grammar/index.ts'
import type { DataOf, InputOf } from './data.ts'
import { fields } from './fields.ts'
import { type KindField, kindRows, linkKind } from './kind.ts'

const usage = `Usage:	ip link add name NAME type hsr slave1 SLAVE1-IF slave2 SLAVE2-IF
	[ supervision ADDR-BYTE ] [version VERSION] [proto PROTOCOL]

NAME
	name of new hsr device (e.g. hsr0)
SLAVE1-IF, SLAVE2-IF
	the two slave devices bound to the HSR device
ADDR-BYTE
	0-255; the last byte of the multicast address used for HSR supervision
	frames (default = 0)
VERSION
	0,1; the protocol version to be used. (default = 0)
PROTOCOL
	0 - HSR, 1 - PRP. (default = 0 - HSR)`

type Input = InputOf<'hsr'>
type Hsr = DataOf<'hsr'>

const { option } = kindRows<Input>()
const { number, when } = fields<Hsr>()

const PROTOCOLS: Readonly<Record<string, number>> = { hsr: 0, prp: 1 }

const port =
  (name: 'slave1' | 'slave2'): KindField<Hsr> =>
  (data, printer, { devices }) => {
    const index = data[name]
    if (index === undefined) printer.field(name, null, `${name} <none> `)
    else printer.field(name, devices.name(index), `${name} % `)
  }

export const hsr = linkKind<Input>('hsr', () => ({
  usage,
  unknown: (word) => `hsr: what is "${word}"?`,
  keywords: [
    option('supervision*', u8('ADDR-BYTE is invalid', 'ADDR-BYTE'), 'multicastSpec'),
    option('version*', u8('version is invalid', 'VERSION'), 'version'),
    option('proto*', u8('protocol is invalid', 'PROTOCOL'), 'protocol'),
    option('slave1*', device('No such interface'), 'slave1'),
    option('slave2*', device('No such interface'), 'slave2'),
  ],
  print: [
    port('slave1'),
    port('slave2'),
    number('seqNr', 'seq_nr', 'sequence'),
    when('supervisionAddr', (address, printer) => printer.field('supervision_addr', address, 'supervision % ')),
    when('protocol', (protocol, printer) => {
      printer.field('proto', typeof protocol === 'string' ? PROTOCOLS[protocol]! : protocol, 'proto % ')
    }),
  ],
}))
