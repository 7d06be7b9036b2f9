import type { DataOf } from './data.ts'
import { fields } from './fields.ts'
import type { KindField } from './kind.ts'

type Macsec = DataOf<'macsec'>

const { number, onOff, text, when } = fields<Macsec>()

const CIPHERS: ReadonlyMap<bigint, string> = new Map([
  [0x0080020001000001n, 'GCM-AES-128'],
  [0x0080c20001000001n, 'GCM-AES-128'],
  [0x0080c20001000002n, 'GCM-AES-256'],
  [0x0080c20001000003n, 'GCM-AES-XPN-128'],
  [0x0080c20001000004n, 'GCM-AES-XPN-256'],
])

const word = (value: string | number) => (typeof value === 'string' ? value : '(unknown)')

/** What `-d` shows of a MACsec link. */
export const macsecFields: readonly KindField<Macsec>[] = [
  text('sci', 'sci', 'sci', (sci) => BigInt(sci).toString(16).padStart(16, '0')),
  onOff('protect', 'protect'),
  text('cipherSuite', 'cipher_suite', 'cipher', (suite) => CIPHERS.get(BigInt(suite)) ?? '(unknown)'),
  number('icvLen', 'icv_len', 'icvlen'),
  number('encodingSa', 'encoding_sa', 'encodingsa'),
  text('validation', 'validation', 'validate', word),
  text('offload', 'offload', 'offload', word),
  onOff('encrypt', 'encrypt'),
  onOff('incSci', 'inc_sci', 'send_sci'),
  onOff('es', 'es', 'end_station'),
  onOff('scb', 'scb'),
  onOff('replayProtect', 'replay_protect', 'replay'),
  when('window', (window, printer) => printer.field('window', window | 0, 'window % ')),
]
