import { type Request, Writer } from '../netlink/index.ts'

/** What a request says, in the form in which the kernel would say it. */
export function saidBack<T>({ codec, value }: Request<unknown>): T {
  const writer = new Writer()
  codec.write(writer, value, {})
  const bytes = writer.finish()
  return codec.read(bytes, 0, bytes.length, -1, {}) as T
}

/** Whether what was found has all that is wanted. The kernel says more of things than it was told. */
export function holds(found: unknown, wanted: unknown): boolean {
  if (wanted === undefined) return true
  if (wanted instanceof Uint8Array) return found instanceof Uint8Array && Buffer.compare(found, wanted) === 0
  if (typeof wanted !== 'object' || wanted === null) return found === wanted
  if (typeof found !== 'object' || found === null) return false
  if (Array.isArray(wanted)) {
    return Array.isArray(found) && wanted.every((member) => found.some((other) => holds(other, member)))
  }
  return Object.entries(wanted).every(([key, value]) => holds((found as Record<string, unknown>)[key], value))
}
