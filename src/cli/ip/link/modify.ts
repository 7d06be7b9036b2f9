import { EncodeError, type Request } from '../../../netlink/index.ts'
import { link } from '../../../rtnl/index.ts'
import { telling } from '../../echo.ts'
import { abbreviates, CommandFailure, parse, type Run, usage, type Words } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { type LinkDraft, linkDraft } from './draft.ts'
import { linkGrammar } from './keywords.ts'
import { findKind } from './kinds/index.ts'
import { printLink } from './print.ts'
import { garbageAfter, settle } from './settle.ts'
import { linkUsage } from './usage.ts'

const echo = (session: Session) => {
  return telling(session, (item: link.Link) => printLink(item, session, { asLink: false, hardware: true, news: true }))
}

/** `ip link add`, `replace`, `set` and `delete`, which take the same words. */
function modify(creates: boolean, build: (draft: LinkDraft, kind: Kinded) => Request<void>): Run<Session> {
  return (session, words) => {
    const draft = linkDraft(session, creates)
    parse(linkGrammar, words, draft)
    settle(draft, words)
    const kind = readKind(draft, words)
    const request = withNames(() => build(draft, kind))
    // Kernels remark on links that they make, which nobody would hear of by `finish`.
    if (session.options.echo) session.route.finish(request, echo(session))
    else session.route.change(request)
    if (draft.request.index !== undefined) session.devices.forget(draft.request.index)
    return 0
  }
}

/** A name that no link can have is not even sent. What the kernel would answer is said; `--why` says more. */
function withNames<T>(build: () => T): T {
  try {
    return build()
  } catch (cause) {
    if (!(cause instanceof EncodeError) || cause.path.at(-1) !== 'name') throw cause
    const text = /bytes long/.test(cause.reason) ? TOO_LONG : 'RTNETLINK answers: Invalid argument'
    throw new CommandFailure(text, 2, { cause })
  }
}

const TOO_LONG = 'Error: Attribute failed policy validation.'

type Kinded = Pick<link.LinkSettings, 'kind' | 'data' | 'slaveKind' | 'slaveData'>

/** The kind after `type` and its options. */
function readKind({ session, creates, type, request }: LinkDraft, words: Words): Kinded {
  if (type === undefined) {
    if (creates) throw new CommandFailure('Not enough information: "type" argument is required', 1)
    return {}
  }
  const kind = findKind(type)
  const slaveKind = type.endsWith('_slave') ? type.slice(0, -'_slave'.length) : undefined
  if (words.done) return (slaveKind === undefined ? { kind: type } : { slaveKind }) as Kinded
  if (kind === undefined) throw abbreviates(words.current, 'help') ? usage(linkUsage) : garbageAfter(words, 1)
  const data = kind.read?.(words, { session, creates, index: request.index }) ?? {}
  return (slaveKind === undefined ? { kind: type, data } : { slaveKind, slaveData: data }) as Kinded
}

/** The settings, with flags as what is to be on and off. */
function settings({ request, flags }: LinkDraft, kind: Kinded): link.LinkSettings {
  return { ...request, flags: flags.size === 0 ? undefined : Object.fromEntries(flags), ...kind } as link.LinkSettings
}

export const add = modify(true, (draft, kind) => link.add(settings(draft, kind)))
export const replace = modify(true, (draft, kind) => link.replace(settings(draft, kind)))
export const set = modify(false, (draft, kind) => link.set(settings(draft, kind)))
export const remove = modify(false, (draft, kind) => {
  const { index, group } = draft.request
  // Of family bridge it is a port's VLANs that the kernel takes away, or would.
  const family = draft.session.options.family === 'bridge' ? 'bridge' : undefined
  const request = index === undefined ? link.delete({ group }) : link.delete({ family, index })
  // Whatever else was written goes along: the kernel refuses some of it.
  return { ...request, value: { ...link.set(settings(draft, kind)).value, family } }
})
