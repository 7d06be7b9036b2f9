import type { Event } from '../../../netlink/index.ts'
import { collectOutput, jsonPrinter, type Printer } from '../../print/index.ts'
import type { Session } from '../../session.ts'
import { STAMP, type Stamp } from './kept.ts'
import { type Audience, type News, type Teller, tellerOf } from './tell.ts'
import { dateText, longText, type Moment, now, shortText } from './timestamp.ts'
import type { MonitorDraft, MonitorRequest } from './words.ts'

/** How a message is told; undefined for one that nobody expects. */
export type Desk = (news: News) => Teller | undefined

/** Tells of events, one after another, as they are handed to it. */
export function newsroom(
  { session, request }: Pick<MonitorDraft, 'session' | 'request'>,
  desk: Desk = tellerOf,
): (event: Event) => void {
  const { out, options } = session
  const tell = options.json ? tellJson(session, request.index, desk) : tellText(session, request, desk)
  return (event) => {
    if (event.event === 'resync') complainOfLoss(session)
    else if (event.event === 'undecoded') session.complain(`ipts: ${event.error.message}`)
    else tell(event)
    out.flush()
  }
}

/** The receive buffer overflowed: what was told meanwhile is lost, and listening goes on. */
function complainOfLoss({ complain, options, out }: Session): void {
  complain('netlink receive error No buffer space available (105)')
  if (options.json) out.write('{"object":"resync"}\n')
}

function tellText(session: Session, { index, labels, allNamespaces }: MonitorRequest, desk: Desk) {
  const { out, options } = session
  const audience: Audience = { session, index }
  const stampText = { none: () => '', long: longText, short: (moment: Moment) => `[${shortText(moment)}] ` }
  return (news: News): void => {
    const teller = desk(news)
    if (news.name === STAMP) out.write(keptStamp(news.value as Stamp))
    else if (teller === undefined) complainOfUnknown(news, session)
    if (teller === undefined || !concerns(teller, news, audience)) return
    out.write(stampText[options.timestamp](now()))
    if (allNamespaces) out.write(`[nsid ${news.nsid ?? 'current'}]`)
    if (labels) out.write(teller.label)
    teller.tell(news.value as never, news, audience)
  }
}

/** One object a line for each message, which iproute2 does not have. */
function tellJson(session: Session, index: number | undefined, desk: Desk) {
  const { out, options } = session
  let printer: Printer = session.printer
  const audience: Audience = {
    index,
    session: {
      ...session,
      get printer() {
        return printer
      },
    },
  }
  return (news: News): void => {
    const teller = desk(news)
    if (teller === undefined || !concerns(teller, news, audience)) return
    const line = collectOutput()
    printer = jsonPrinter(line, options.pretty)
    printer.object(undefined, () => {
      printer.data('object', teller.label.slice(1, -1).toLowerCase())
      if (options.timestamp !== 'none') printer.data('timestamp', shortText(now()))
      if (news.nsid !== undefined) printer.data('from_nsid', news.nsid)
      teller.tell(news.value as never, news, audience)
    })
    out.write(`${line.text}\n`)
  }
}

function concerns({ concerns }: Teller, news: News, audience: Audience): boolean {
  return concerns === undefined || concerns(news.value as never, audience)
}

function keptStamp({ seconds, microseconds }: Stamp): string {
  return `Timestamp: ${dateText(new Date(seconds * 1000))} ${microseconds} us\n`
}

/** Messages of netlink itself are passed over. */
function complainOfUnknown({ type, flags, value, name }: News, { complain }: Session): void {
  if (name?.startsWith('NLMSG_')) return
  const number = (of: number) => `0x${of.toString(16).padStart(8, '0')}(${of})`
  const length = value instanceof Uint8Array ? ` len=${number(value.length + 16)}` : ''
  complain(`Unknown message: type=${number(type)} flags=${number(flags)}${length}`)
}
