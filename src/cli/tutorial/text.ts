import { formatMessage } from '../../netlink/index.ts'
import { arrange, drawText } from '../../topology/index.ts'
import type { Action, CheckReport, MistakeReport, Step, StepReport, Tutorial } from '../../tutorials/index.ts'
import type { Style } from './style.ts'

const WIDTH = 88
const INDENT = 4

/** The names and titles of tutorials. */
export function listText(all: readonly Tutorial[]): string {
  const width = Math.max(...all.map(({ name }) => name.length))
  return all.map(({ name, title }) => `${name.padEnd(width)}  ${title}\n`).join('')
}

/** A tutorial without running it. */
export function contents(tutorial: Tutorial, style: Style): string {
  const steps = tutorial.steps.map((step, i) => {
    const looks = [...new Set(step.checks.map(({ command }) => command))].filter((command) => command !== undefined)
    return `${beginText(step, i + 1, style)}${looks.map((command) => commandLine(command, style)).join('')}`
  })
  return `${titleLines(tutorial, style)}${steps.join('')}${unneededText(tutorial, style)}`
}

/** What a person need not type here. */
function unneededText({ unneeded = [] }: Tutorial, style: Style): string {
  if (unneeded.length === 0) return ''
  const lines = unneeded.map(({ command, why }) => commandLine(command, style) + style.faint(wrapped(why, INDENT + 4)))
  return `\n${style.title('Not needed in a disposable host')}\n${lines.join('')}`
}

/** What stands above a run. */
export function heading(tutorial: Tutorial, { unprivileged }: { unprivileged: boolean }, style: Style): string {
  const place =
    'Everything happens in a disposable host, which ends with this process: the machine is not touched.' +
    (unprivileged ? ' Its root is an ordinary user outside.' : '')
  return `${titleLines(tutorial, style)}\n${wrapped(place, 0)}`
}

function titleLines({ title, author, date, summary, steps }: Tutorial, style: Style): string {
  const source = author === undefined ? `after a document of ${date}` : `after ${author}, ${date}`
  const actions = steps.flatMap((step) => step.actions)
  const legend = [
    ...(actions.some((action) => 'mistake' in action) ? ['What is marked as wrong is tried, and refused.'] : []),
    ...(actions.some((action) => 'correction' in action)
      ? ['Above "ours" stands what the document does not have, or not so.']
      : []),
  ]
  const notes = legend.length === 0 ? '' : `\n${wrapped(legend.join(' '), 0)}`
  return `${style.title(title)}\n${style.faint(source)}\n\n${wrapped(summary, 0)}${notes}`
}

/** What a step is about to do. */
export function beginText(step: Step, number: number, style: Style): string {
  const commands = step.actions.map((action, i) => actionText(action, step.actions[i + 1], style))
  return `\n${style.title(`${String(number).padStart(2)}  ${step.title}`)}\n${wrapped(step.why, INDENT)}${commands.join('')}`
}

/** A command, and what is to be said of it; of several for the same reason, under the last one. */
function actionText(action: Action, next: Action | undefined, style: Style): string {
  const line = commandLine(action.command, style)
  if ('mistake' in action) return line + wrapped(action.mistake, INDENT + 4, `${style.bad('wrong')}  `, 7)
  const { correction } = action
  const goesOn = next !== undefined && 'correction' in next && next.correction === correction
  if (correction === undefined || goesOn) return line
  return line + wrapped(correction, INDENT + 4, `${style.good('ours')}  `, 6)
}

/** How one gets into the host that was left standing. */
export function standingText(pid: number, style: Style): string {
  return (
    `\n${style.title('The host is left standing')}\n` +
    wrapped(`It is process ${pid}. Everything of it can be looked at and changed from another terminal:`, INDENT) +
    commandLine(`nsenter -t ${pid} -n -m`, style) +
    wrapped('Enter takes everything back and ends it; Ctrl-C just ends it.', INDENT)
  )
}

function commandLine(command: string, style: Style): string {
  return `${' '.repeat(INDENT)}${style.faint('$')} ${style.command(command)}\n`
}

/** What became of a step. */
export function endText(
  { step, skipped, error, mistakes, checks, messages, topology }: StepReport,
  { explain }: { explain: boolean },
  style: Style,
): string {
  const lines: string[] = []
  if (skipped !== undefined) return wrapped(skipped, INDENT, `${style.faint('skipped')}  `, 9)
  if (explain && step.actions.length > 0) {
    const texts = messages.map(({ protocol, bytes, direction }) => formatMessage(protocol, bytes, direction))
    if (texts.length === 0) texts.push('(system calls alone, no netlink message)')
    lines.push(style.faint(indented(texts.join('\n'), INDENT)), '\n')
  }
  if (error !== undefined) lines.push(wrapped(error, INDENT, `${style.bad('FAILED')}  `, 8))
  for (const mistake of mistakes) lines.push(mistakeText(mistake, style))
  let command: string | undefined
  for (const check of checks) {
    if (check.command !== undefined && check.command !== command) lines.push(commandLine(check.command, style))
    command = check.command
    lines.push(checkText(check, style))
  }
  if (topology !== undefined) {
    const drawing = drawText(arrange(topology), { dim: style.faint })
    lines.push('\n', indented(drawing.trimEnd(), INDENT), '\n')
  }
  return lines.join('')
}

/** A command that the document has wrong, and what came of it. */
function mistakeText({ command, error, printed }: MistakeReport, style: Style): string {
  const lead = `${style.good('ok')}  `
  const text = printed === undefined || printed === '' ? `refused: ${error}` : `prints: ${printed}`
  return (
    commandLine(command, style) +
    wrapped('it is refused, as it should be', INDENT, lead, 4) +
    style.faint(wrapped(text, INDENT + 4))
  )
}

function checkText({ passed, proves, found }: CheckReport, style: Style): string {
  const mark = passed ? style.good('ok') : style.bad('FAILED')
  const column = passed ? 4 : 8
  const lead = mark + ' '.repeat(column - (passed ? 2 : 6))
  return wrapped(proves, INDENT, lead, column) + style.faint(wrapped(found, INDENT + column))
}

/** The summary at the end. */
export function tableText(
  reports: readonly StepReport[],
  { passed, milliseconds }: { passed: boolean; milliseconds: number },
  style: Style,
): string {
  const width = Math.max(...reports.map(({ step }) => step.title.length))
  const rows = reports.map(({ step, passed, skipped, error, checks, milliseconds }, i) => {
    const good = checks.filter((check) => check.passed).length
    const count = skipped !== undefined ? 'skipped' : error === undefined ? `${good} of ${checks.length}` : 'not run'
    const mark = passed ? style.good('ok    ') : style.bad('FAILED')
    return `${String(i + 1).padStart(2)}  ${step.title.padEnd(width)}  ${mark}  ${count.padStart(7)}  ${duration(milliseconds)}\n`
  })
  const checks = reports.flatMap((report) => report.checks)
  const good = checks.filter((check) => check.passed).length
  const verdict = passed
    ? style.good(`All ${checks.length} checks passed`)
    : style.bad(`${good} of ${checks.length} checks passed`)
  const head = `${'#'.padStart(2)}  ${'step'.padEnd(width)}  result   checks        time`
  return `\n${style.title(head)}\n${rows.join('')}\n${verdict}, in ${(milliseconds / 1000).toFixed(1)} s.\n`
}

function duration(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`.padStart(10)
}

function indented(text: string, by: number): string {
  return text.replace(/^/gm, ' '.repeat(by))
}

/** Text in lines of at most WIDTH columns; `lead`, which takes `leadWidth` columns, stands before the first. */
function wrapped(text: string, indent: number, lead = '', leadWidth = 0): string {
  const room = WIDTH - indent - leadWidth
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  lines.push(line)
  const margin = ' '.repeat(indent)
  const [first, ...rest] = lines
  return [`${lead}${first}`, ...rest.map((next) => ' '.repeat(leadWidth) + next)]
    .map((next) => `${margin}${next}\n`)
    .join('')
}
