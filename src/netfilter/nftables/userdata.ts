import { EncodeError } from '../../netlink/index.ts'

/*
 * Userdata is the user's, and the kernel only keeps it. nft puts triples into it: a byte of type, one of length, and the value
 * (libnftnl's udata).
 */
const COMMENT = 0
/** The same in what goes with a set. */
const SET_COMMENT = 7
/** Not one of nft's, which shows neither it nor anything about it. */
const OWNER = 0x40

const utf8 = new TextDecoder()

/** Userdata that nft shows as a rule's, chain's or table's comment: up to 127 bytes. Throws EncodeError. */
export function commentUserdata(text: string): Uint8Array {
  return textUserdata(COMMENT, text)
}

/** Userdata that says who made a table, and that nobody shows: up to 127 bytes. Throws EncodeError. */
export function ownerUserdata(owner: string): Uint8Array {
  return textUserdata(OWNER, owner)
}

/** The comment in a rule's, chain's or table's userdata. */
export function commentOf(userdata: Uint8Array | undefined): string | undefined {
  return textOf(COMMENT, userdata)
}

/** The comment in a set's userdata, where other things are said too. */
export function setCommentOf(userdata: Uint8Array | undefined): string | undefined {
  return textOf(SET_COMMENT, userdata)
}

/** Who made it, where its userdata says so. */
export function ownerOf(userdata: Uint8Array | undefined): string | undefined {
  return textOf(OWNER, userdata)
}

function textUserdata(type: number, text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length > 127 || bytes.includes(0)) {
    throw new EncodeError(`a comment holds at most 127 bytes, none of them NUL, got ${bytes.length}`)
  }
  const userdata = new Uint8Array(bytes.length + 3)
  userdata[0] = type
  userdata[1] = bytes.length + 1
  userdata.set(bytes, 2)
  return userdata
}

function textOf(type: number, userdata: Uint8Array | undefined): string | undefined {
  if (userdata === undefined) return undefined
  for (let at = 0; at + 2 <= userdata.length; at += 2 + userdata[at + 1]!) {
    const end = at + 2 + userdata[at + 1]!
    if (userdata[at] !== type || end > userdata.length) continue
    const text = utf8.decode(userdata.subarray(at + 2, end))
    return text.endsWith('\0') ? text.slice(0, -1) : text
  }
  return undefined
}
