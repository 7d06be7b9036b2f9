// The page of a tutorial in Markdown, with its pictures, from what `ipts tutorial run --json` tells of a run. Times, what was seen, and
// whatever else differs from run to run stay out, so that every run gives the same bytes.

/**
 * @param run what a run printed
 * @param draw makes an SVG document of a topology and a title
 * @returns the text of the page, and the pictures by their file names
 */
export function tutorialPage(run, draw) {
  const stable = stableNames()
  const pictures = new Map()
  const sections = run.steps.map((step, index) => {
    const lines = [`## ${index + 1}. ${prose(step.title)}`, prose(step.why), ...stepOf(step)]
    if (step.topology !== undefined) {
      const file = `${run.tutorial}-${index + 1}.svg`
      const what = `The network after step ${index + 1}: ${step.title}`
      pictures.set(file, draw(stable(step.topology), what))
      lines.push(`![${prose(what)}](pictures/${file})`)
    }
    return lines
  })
  const source = run.author === undefined ? `After a document of ${run.date}.` : `After ${run.author}, ${run.date}.`
  const parts = [
    `<!-- Written by "npm run tutorials", from a run. -->`,
    `# ${prose(run.title)}`,
    prose(source),
    prose(run.summary),
    'To run it, in a disposable host, and to see every step checked:',
    block([`ipts tutorial run ${run.tutorial}`]),
    ...sections.flat(),
    ...unneededOf(run.unneeded ?? []),
  ]
  return { text: `${parts.filter((part) => part !== '').join('\n\n')}\n`, pictures }
}

function stepOf({ commands, mistakes, corrections, checks, skipped }) {
  const notes = [
    ...mistakes.map(({ command, mistake, printed, error }) => {
      const answer =
        printed === undefined || printed === '' ? `It is refused: ${code(error)}.` : `It prints ${code(printed)}.`
      return `- **Wrong in the document:** ${code(command)}. ${prose(mistake)} ${answer}`
    }),
    ...grouped(corrections, ({ why }) => why).map(({ key, items }) => {
      return `- **Ours:** ${items.map(({ command }) => code(command)).join(', ')}. ${prose(key)}`
    }),
  ]
  const looks = grouped(checks, ({ command }) => command ?? '').map(({ key, items }) => {
    const proved = items.map(({ proves }) => prose(proves)).join('; ')
    return key === '' ? `- ${proved}` : `- ${code(key)}: ${proved}`
  })
  return [
    commands.length === 0 ? '' : block(commands),
    notes.join('\n'),
    skipped === undefined
      ? ''
      : `Not every kernel can do this. The one on which this page was made could not: ${prose(skipped)}`,
    skipped !== undefined || looks.length === 0 ? '' : `What was looked at, and was so:\n\n${looks.join('\n')}`,
  ]
}

function unneededOf(unneeded) {
  if (unneeded.length === 0) return []
  const lines = grouped(unneeded, ({ why }) => why).map(({ key, items }) => {
    return `- ${items.map(({ command }) => code(command)).join(', ')}: ${prose(key)}`
  })
  return ['## Not needed in a disposable host', lines.join('\n')]
}

/** Neighbours of one key together. */
function grouped(items, keyOf) {
  const groups = []
  for (const item of items) {
    const key = keyOf(item)
    if (groups.at(-1)?.key === key) groups.at(-1).items.push(item)
    else groups.push({ key, items: [item] })
  }
  return groups
}

const block = (commands) => `\`\`\`console\n${commands.map((command) => `$ ${command}`).join('\n')}\n\`\`\``

/** Longer fences than there are in it (https://spec.commonmark.org/0.31.2/#code-spans). */
function code(text) {
  const line = text.replaceAll(/\s*\n\s*/g, ' ')
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 ? `\`${line}\`` : `${fence} ${line} ${fence}`
}

/** What Markdown would take for markup; an underscore in a word is none. */
const prose = (text) => text.replaceAll(/[\\`*<[\]]|(?<!\w)_|_(?!\w)/g, '\\$&')

/** Ends of the cables of containers have random names (`connectContainer`): here they are numbered, as they come. */
function stableNames() {
  const numbers = new Map()
  const stable = (name) => {
    if (!/^ipts[\da-f]{8}$/.test(name)) return name
    if (!numbers.has(name)) numbers.set(name, numbers.size + 1)
    return `ipts${String(numbers.get(name)).padStart(8, '0')}`
  }
  return ({ namespaces, wires }) => ({
    namespaces: namespaces.map(({ links, ...namespace }) => ({
      ...namespace,
      links: links.map((link) => ({ ...link, name: stable(link.name) })),
    })),
    wires,
  })
}
