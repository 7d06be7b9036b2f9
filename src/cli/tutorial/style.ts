/** How pieces of the text are set apart, on a terminal. */
export interface Style {
  readonly title: (text: string) => string
  readonly command: (text: string) => string
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  readonly faint: (text: string) => string
}

const coloured = (code: number) => (text: string) => `\x1b[${code}m${text}\x1b[0m`
const plainly = (text: string) => text

/** Colours on a terminal only, and not where NO_COLOR is set to anything (https://no-color.org). */
export function styleOf(isTerminal: boolean, env: NodeJS.ProcessEnv): Style {
  if (!isTerminal || env.NO_COLOR || env.TERM === 'dumb') {
    return { title: plainly, command: plainly, good: plainly, bad: plainly, faint: plainly }
  }
  return { title: coloured(1), command: coloured(36), good: coloured(32), bad: coloured(31), faint: coloured(2) }
}
