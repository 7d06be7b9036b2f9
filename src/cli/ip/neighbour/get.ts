import { neighbour } from '../../../rtnl/index.ts'
import {
  addressText,
  CommandFailure,
  findDevice,
  type Grammar,
  parse,
  type Run,
  rows,
  text,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { destination, type NeighbourDraft, proxy } from './modify.ts'
import { printNeighbour } from './print.ts'
import { neighbourUsage } from './usage.ts'

export const getGrammar: Grammar<NeighbourDraft> = {
  keywords: [
    rows<NeighbourDraft>().option('dev', text('DEV'), (draft, name) => {
      draft.device = name
    }),
    proxy,
  ],
  usage: neighbourUsage,
  otherwise: destination,
}

/** `ip neigh get`. With `-j` it is JSON, which iproute2 6.1 has not. */
export const get: Run<Session> = (session, words) => {
  const draft: NeighbourDraft = { session, request: {}, flags: new Set() }
  parse(getGrammar, words, draft)
  const { destination, device, flags } = draft
  const isProxy = flags.has('proxy')
  if ((device === undefined && !isProxy) || destination === undefined || destination.family === 'unspec') {
    throw new CommandFailure('Device and address are required arguments.', 1)
  }
  const index = device === undefined ? undefined : findDevice(draft, device)
  // What the kernel says of a destination that is itself a link's address, and of one without bytes (`any`).
  if (destination.family === 'packet') {
    throw new CommandFailure('Error: Unsupported family in header for neighbor get request.', 2)
  }
  if (destination.bytes.length === 0) {
    throw new CommandFailure('Error: Invalid network address in neighbor get request.', 2)
  }
  const found = session.route.ask(
    neighbour.get({ family: destination.family, dst: addressText(destination), index, proxy: isProxy }),
  )
  const { printer } = session
  printer.records(() => printer.object(undefined, () => printNeighbour(found, session, false)))
  return 0
}
