import { EncodeError } from '../../netlink/index.ts'

/*
 * Userdata is the user's, and the kernel only keeps it. nft puts triples into it: a byte of type, one of length, and the value
 * (libnftnl's udata).
 */
const COMMENT = 0

/** Userdata that nft shows as a rule's, chain's or table's comment: up to 127 bytes. Throws EncodeError. */
export function commentUserdata(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length > 127) throw new EncodeError(`a comment holds at most 127 bytes, got ${bytes.length}`)
  const userdata = new Uint8Array(bytes.length + 3)
  userdata[0] = COMMENT
  userdata[1] = bytes.length + 1
  userdata.set(bytes, 2)
  return userdata
}

/** The comment in a rule's, chain's or table's userdata. */
export function commentOf(userdata: Uint8Array | undefined): string | undefined {
  if (userdata === undefined) return undefined
  for (let at = 0; at + 2 <= userdata.length; at += 2 + userdata[at + 1]!) {
    const end = at + 2 + userdata[at + 1]!
    if (userdata[at] !== COMMENT || end > userdata.length) continue
    const text = new TextDecoder().decode(userdata.subarray(at + 2, end))
    return text.endsWith('\0') ? text.slice(0, -1) : text
  }
  return undefined
}
