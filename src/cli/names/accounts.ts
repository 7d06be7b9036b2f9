import { readFileSync } from 'node:fs'

const FILES = { user: '/etc/passwd', group: '/etc/group' } as const

/** passwd(5) and group(5): NAME:PASSWORD:NUMBER:… */
function* accounts(what: keyof typeof FILES): Generator<readonly [name: string, id: number]> {
  let text: string
  try {
    text = readFileSync(FILES[what], 'latin1')
  } catch {
    return
  }
  for (const line of text.split('\n')) {
    const [name, , id] = line.split(':')
    if (name && id !== undefined && /^\d+$/.test(id)) yield [name, Number(id)]
  }
}

/** The name of a user or a group in this machine's files; undefined where it has none. */
export function accountName(what: keyof typeof FILES, id: number): string | undefined {
  for (const [name, found] of accounts(what)) if (found === id) return name
  return undefined
}

/** The number of a user or a group. */
export function accountId(what: keyof typeof FILES, name: string): number | undefined {
  for (const [found, id] of accounts(what)) if (found === name) return id
  return undefined
}
