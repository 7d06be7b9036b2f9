import { isatty } from 'node:tty'
import {
  DecodeError,
  type DumpRequest,
  NetlinkError,
  readSaved,
  restoring,
  type Saved,
  saving,
} from '../../netlink/index.ts'
import { CommandFailure } from '../grammar/index.ts'
import { writeAll } from '../print/index.ts'
import { readAll } from '../read.ts'
import { refusal } from '../report.ts'
import type { Session } from '../session.ts'

/** A file of messages: a number that says of what kind, in host byte order, and the messages one after another. */
export interface SavedFile {
  readonly magic: number
  /** What is in it, as errors call it. */
  readonly what: string
}

const MAGIC_SIZE = 4

/** Begins a file on stdout. Throws CommandFailure where that is a terminal. */
export function beginFile({ magic }: SavedFile): void {
  if (isatty(1)) throw new CommandFailure('Not sending a binary stream to stdout', 1)
  const head = new Uint8Array(MAGIC_SIZE)
  new Uint32Array(head.buffer)[0] = magic
  writeAll(1, head)
}

/** Writes what is wanted of a dump to stdout, as the kernel sent it. */
export function saveItems<Item>(session: Session, request: DumpRequest<Item>, wanted: (item: Item) => boolean): void {
  for (const { item, bytes } of session.route.each(saving(request))) if (wanted(item)) writeAll(1, bytes)
}

/** The messages that stdin holds. Throws CommandFailure with `status`. */
export function readSavedFile({ magic, what }: SavedFile, status: number): Uint8Array {
  if (isatty(0)) throw new CommandFailure(`Can't restore ${what} dump from a terminal`, status)
  const file = readInput()
  // What a file lacks of a number stays 0.
  const head = new Uint8Array(MAGIC_SIZE)
  head.set(file.subarray(0, MAGIC_SIZE))
  const found = new Uint32Array(head.buffer)[0]!
  if (file.length < MAGIC_SIZE || found !== magic) {
    const elements = file.length < MAGIC_SIZE ? 0 : 1
    throw new CommandFailure(`Magic mismatch (${elements} elems, ${found.toString(16)} magic)`, status)
  }
  return file.subarray(MAGIC_SIZE)
}

/** What stdin holds; nothing where it cannot be read, as a directory cannot. */
function readInput(): Uint8Array {
  try {
    return new Uint8Array(readAll(0))
  } catch {
    return new Uint8Array(0)
  }
}

/** Each message of a file, in its order. Throws CommandFailure with `status` where the file breaks off. */
export function* savedItems<Item>(
  file: Uint8Array,
  request: DumpRequest<Item>,
  status: number,
): Generator<Saved<Item>> {
  try {
    yield* readSaved(file, request)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    throw new CommandFailure('rtnl-from_file: truncated message', status)
  }
}

/** Makes again what was saved. What is there already is said and stays. Throws CommandFailure with `status`. */
export function restoreItem(session: Session, saved: Saved<unknown>, what: string, status: number): void {
  try {
    session.route.change(restoring(saved, `restore ${what}`))
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error
    session.complain(refusal(error))
    if (error.code !== 'EEXIST') throw new CommandFailure('', status)
  }
}
