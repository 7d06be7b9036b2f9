import type { Request } from '../../../netlink/index.ts'
import { addressLabel } from '../../../rtnl/index.ts'
import {
  addressText,
  CommandFailure,
  cNumber,
  device,
  expectPrefix,
  type Grammar,
  parse,
  type Reader,
  type Run,
  rows,
  wrong,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { addressLabelUsage } from './usage.ts'

interface LabelDraft {
  readonly session: Session
  readonly request: { address?: string; index?: number; label?: number }
}

const { option } = rows<LabelDraft>()
const NO_LABEL = 0xffffffff

const prefix: Reader<string, LabelDraft> = {
  hint: 'PREFIX',
  read({ current }, { session }) {
    const found = expectPrefix(current, session.options.family)
    return found.bytes.length === 0 ? '' : `${addressText(found)}/${found.length}`
  },
}

const label: Reader<number> = {
  hint: 'LABEL',
  read({ current }) {
    const number = cNumber(current, 0, NO_LABEL - 1)
    if (number === undefined) throw wrong(current, 'label is invalid\n')
    return number
  },
}

export const labelGrammar: Grammar<LabelDraft> = {
  usage: addressLabelUsage,
  keywords: [
    option('prefix', prefix, 'address'),
    option('dev', device('dev is invalid\n'), 'index'),
    option('label', label, 'label'),
  ],
  // Other words are passed over.
  otherwise() {},
}

function modify(build: (label: addressLabel.AddressLabelInput) => Request<void>): Run<Session> {
  return (session, words) => {
    const draft: LabelDraft = { session, request: {} }
    parse(labelGrammar, words, draft)
    for (const [name, key] of [
      ['prefix', 'address'],
      ['label', 'label'],
    ] as const) {
      if (draft.request[key] === undefined) {
        throw new CommandFailure(`Not enough information: "${name}" argument is required.`, 1)
      }
    }
    // A word such as `any`, which the kernel gets as an address without bytes.
    if (draft.request.address === '') throw new CommandFailure('Error: Attribute failed policy validation.', 2)
    const { family } = session.options
    session.route.finish(build({ ...draft.request, family: family === 'unspec' ? 'inet6' : family }))
    return 0
  }
}

export const add = modify(addressLabel.add)
export const remove = modify(addressLabel.delete)
