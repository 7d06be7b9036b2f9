import { address as addresses } from '../../../rtnl/index.ts'
import type { Run } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { readFilter } from '../listing/show.ts'
import { beginFile, readSavedFile, restoreItem, savedItems, saveItems } from '../saved.ts'
import { printAddress } from './print.ts'
import { addressUsage } from './usage.ts'

const FILE = { magic: 0x47361222, what: 'address' } as const
const STATUS = 255

/** `ip address save`. It takes the words of `show`, of which only the device counts. */
export const save: Run<Session> = (session, words) => {
  const { request } = readFilter(session, words, addressUsage, session.options.family)
  beginFile(FILE)
  const list = addresses.list({ family: savedFamily(session), index: request.index })
  dumping(session, 1, () => saveItems(session, list, () => true), 'Save terminated')
  return 0
}

/** In families that have no addresses the kernel lists all there are. */
function savedFamily({ options: { family } }: Session): 'inet' | 'inet6' | undefined {
  return family === 'inet' || family === 'inet6' ? family : undefined
}

/** `ip address showdump`. */
export const showDump: Run<Session> = (session) => {
  const { printer } = session
  const file = readSavedFile(FILE, STATUS)
  printer.records(() => {
    printer.object(undefined, () => {
      printer.array('addr_info', () => {
        for (const { item } of savedItems(file, addresses.list(), STATUS)) {
          printer.object(undefined, () => {
            printer.field('index', item.index, 'if%:')
            printer.newLine()
            printAddress(item, session, { named: false })
          })
        }
      })
    })
  })
  return 0
}

/** `ip address restore`. */
export const restore: Run<Session> = (session) => {
  for (const saved of savedItems(readSavedFile(FILE, STATUS), addresses.list(), STATUS)) {
    restoreItem(session, saved, FILE.what, STATUS)
  }
  return 0
}
