/** Whether a name matches a shell's pattern (fnmatch(3) without flags): `*`, `?`, `[a-z]`, `[!a-z]` and `\`. */
export function matchesPattern(pattern: string, name: string): boolean {
  return new RegExp(`^${source(pattern)}$`, 's').test(name)
}

function source(pattern: string): string {
  let out = ''
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!
    const set = c === '[' ? /^\[([!^]?)(\]?[^\]]*)\]/.exec(pattern.slice(i)) : null
    if (set !== null) {
      out += `[${set[1] === '' ? '' : '^'}${set[2]!.replace(/[\\\]^[]/g, '\\$&')}]`
      i += set[0].length - 1
    } else if (c === '*') out += '.*'
    else if (c === '?') out += '.'
    else out += literal(c === '\\' ? (pattern[++i] ?? '\\') : c)
  }
  return out
}

const literal = (c: string) => c.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')
