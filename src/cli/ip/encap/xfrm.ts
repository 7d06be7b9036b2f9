import { cNumber, garbage, noDevice, usage, type Words, wrong } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import type { Encap, EncapInput } from './kind.ts'

const xfrmUsage = 'Usage: ip route ... encap xfrm if_id IF_ID [ link_dev LINK ]'

/** Everything up to the end of the line is taken to be of the encapsulation, as iproute2 takes it. */
function read(words: Words, session: Session): EncapInput<'xfrm'> {
  const data: EncapInput<'xfrm'> = {}
  for (; !words.done; words.advance()) {
    if (words.current === 'if_id') {
      const word = words.next()
      if (data.ifId !== undefined) throw garbage('if_id', word)
      data.ifId = cNumber(word, 1, 0xffffffff)
      if (data.ifId === undefined) throw wrong(word, '"if_id" value is invalid\n')
    } else if (words.current === 'link_dev') {
      const word = words.next()
      if (data.link !== undefined) throw garbage('link_dev', word)
      data.link = session.devices.index(word)
      if (data.link === 0) throw noDevice(word, 255)
    } else if (words.current === 'help') throw usage(xfrmUsage)
  }
  if (data.ifId === undefined) throw usage(xfrmUsage)
  words.back()
  return data
}

export const xfrm: Encap<'xfrm'> = {
  read,
  print({ ifId, link }, { printer, devices }) {
    if (ifId !== undefined) printer.field('if_id', ifId, 'if_id % ')
    if (link !== undefined) printer.field('link_dev', devices.name(link), 'link_dev % ')
  },
}
