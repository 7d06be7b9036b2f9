import { accountName } from '../../../names/accounts.ts'
import type { Printer } from '../../../print/index.ts'
import type { DataOf } from './data.ts'
import { fields } from './fields.ts'
import type { KindField, LinkKind } from './kind.ts'

type Tun = DataOf<'tun'>

const { onOff, when } = fields<Tun>()

const account = (what: 'user' | 'group') => (id: number, printer: Printer) => {
  printer.field(what, accountName(what, id) ?? id, `${what} % `)
}

const FIELDS: readonly KindField<Tun>[] = [
  when('type', (type, printer) =>
    printer.field('type', typeof type === 'string' ? type : `UNKNOWN:${type}`, 'type % '),
  ),
  onOff('pi', 'pi'),
  onOff('vnetHdr', 'vnet_hdr'),
  ({ multiQueue = false, numQueues, numDisabledQueues }, printer) => {
    printer.field('multi_queue', multiQueue, multiQueue ? 'multi_queue ' : '')
    if (!multiQueue) return
    if (numQueues !== undefined) printer.field('numqueues', numQueues, 'numqueues % ')
    if (numDisabledQueues !== undefined) printer.field('numdisabled', numDisabledQueues, 'numdisabled % ')
  },
  onOff('persist', 'persist'),
  when('owner', account('user')),
  when('group', account('group')),
]

/** A link whose other end is a process. It is made by `ip tuntap`, and nothing of it can be set here. */
export const tun: LinkKind = {
  name: 'tun',
  read: () => ({}),
  print(data, printer, session) {
    if (data !== undefined) for (const field of FIELDS) field(data as Tun, printer, session)
  },
}
