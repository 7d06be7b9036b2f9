/**
 * A copy of a value that was read from the kernel, for a request: a copy remembers nothing of how the original stood on the wire, so
 * it is written as requests are.
 */
export function anew<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  if (Array.isArray(value)) return value.map(anew) as T
  const copy: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) copy[name] = anew(member)
  return copy as T
}
