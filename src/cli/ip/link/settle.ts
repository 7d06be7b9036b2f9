import { CommandFailure, findDevice, usage, type Words } from '../../grammar/index.ts'
import { expectAddressLength } from './address-length.ts'
import type { LinkDraft } from './draft.ts'

/**
 * Makes of what was written what is meant: which of `name` and the device is which, and what of it goes together. `words` is
 * where reading stopped. Throws CommandFailure.
 */
export function settle(draft: LinkDraft, words: Words): void {
  draft.name ??= draft.device
  draft.device ??= draft.name
  checkAddressLength(draft)
  if (draft.index !== undefined && !draft.creates && !draft.movesNamespace) {
    throw usage('index can be used only when creating devices or when moving device to another netns.')
  }
  if (draft.groupGiven && draft.device === undefined) settleGroup(draft, words)
  else if (draft.creates) settleNew(draft)
  else settleExisting(draft)
}

/** The kernel would cut or fill an address of the wrong length. */
function checkAddressLength({ session, device, addressLength, creates }: LinkDraft): void {
  if (device === undefined || addressLength === undefined || creates) return
  expectAddressLength(session, device, addressLength)
}

/** All links of a group are meant. */
function settleGroup(draft: LinkDraft, words: Words): void {
  if (!words.done) throw garbageAfter(words, 255)
  if (draft.creates) throw usage('group cannot be used when creating devices.')
  delete draft.type
}

export function garbageAfter(words: Words, status: number): CommandFailure {
  return new CommandFailure(`Garbage instead of arguments "${words.current} ...". Try "ip link help".`, status)
}

function settleExisting(draft: LinkDraft): void {
  const { device, name, index, request } = draft
  if (device === undefined) throw usage('Not enough information: "dev" argument is required.')
  request.index = findDevice(draft, device)
  if (name !== device) request.name = name
  if (index !== undefined) request.newIfindex = index
}

function settleNew(draft: LinkDraft): void {
  const { device, name, below, index, request } = draft
  if (name !== device) throw usage('both "name" and "dev" cannot be used when creating devices.')
  if (below !== undefined) request.link = findDevice(draft, below)
  if (index !== undefined) request.index = index
  if (name !== undefined) request.name = name
}
