import { CommandFailure, type CommandTable, type Spelling, type Verb, type WordTable } from '../grammar/index.ts'
import { OBJECTS } from '../ip/objects.ts'
import { OPTIONS } from '../options.ts'
import type { Session } from '../session.ts'
import { version } from '../version.ts'
import { MEANINGS, OBJECT_MEANINGS } from './meanings.ts'
import { bold, code, entry, italic, paragraph, roff, section, subsection } from './roff.ts'

type Keywords = WordTable['keywords']

/** The manual page ipts(8), made of the tables that commands are read by. */
export async function manual(): Promise<string> {
  const objects = await Promise.all(Object.keys(OBJECT_MEANINGS).map(objectPart))
  return [
    `.TH IPTS 8 "" "ipts ${version()}" "ipts"\n`,
    section('NAME', 'ipts \\- show and change routing, network devices, tunnels and namespaces\n'),
    section(
      'SYNOPSIS',
      `${bold('ipts')} [ ${italic('OPTIONS')} ] ${italic('OBJECT')} { ${italic('COMMAND')} | ${bold('help')} }\n.br\n`,
      `${bold('ipts')} [ ${bold('-force')} ] ${bold('-batch')} ${italic('FILE')}\n`,
    ),
    section(
      'DESCRIPTION',
      paragraph(
        'ipts takes the words of ip(8) from iproute2, and gives its output and exit status. What ip-link(8), ip-address(8), ' +
          'ip-route(8) and the others say holds for it, too. Words may be cut short as those of ip.',
      ),
    ),
    section('OPTIONS', ...OPTIONS.map(optionPart)),
    section('OBJECTS', ...objects),
    section(
      'BEYOND IP',
      entry(bold('ipts completion bash'), 'Completion for bash, zsh or fish.'),
      entry(bold('ipts tutorial'), 'Walks through networking of containers, in a sandbox.'),
      entry(bold('ipts decode'), 'Takes netlink messages apart.'),
      entry(bold(`ipts shims ${'DIR'}`), 'Makes a directory in which ip and other tools are ipts.'),
    ),
    section(
      'EXIT STATUS',
      entry('0', 'All is done.'),
      entry('1', 'A name or value cannot be used.'),
      entry('2', 'The kernel refused.'),
      entry('255', 'The command line makes no sense.'),
    ),
    section(
      'ENVIRONMENT',
      entry(bold('COLORFGBG'), roff('Whether the terminal is dark: what is after its last semicolon.')),
      entry(bold('NO_COLOR'), roff('Set to anything, there are no colours but with -color=always.')),
      entry(bold('IPTS_WHY'), roff('Set to anything, the same as --why.')),
    ),
    section(
      'EXAMPLES',
      code(
        'ipts link add v0 type veth peer name v1\nipts -br -c address\nipts --why route add 10.9.0.0/16 via 10.1.0.2',
      ),
    ),
    section('SEE ALSO', `${bold('ip')}(8), ${bold('bridge')}(8), ${bold('netlink')}(7)\n`),
  ].join('')
}

function optionPart({ spellings, hint }: (typeof OPTIONS)[number]): string {
  const first = spellings[0]!.text
  const meaning = MEANINGS[first]
  if (meaning === undefined) throw new CommandFailure(`ipts: nobody says what ${first} means.`, 1)
  return entry(`${spelled(spellings)}${hint === undefined ? '' : ` ${italic(hint)}`}`, roff(meaning))
}

/** The ways to write a word. */
function spelled(spellings: readonly Spelling[]): string {
  return spellings.map(({ text }) => bold(text)).join(' | ')
}

async function objectPart(name: string): Promise<string> {
  const object = OBJECTS.find(({ spellings }) => spellings.some(({ text }) => text === name))
  if (object === undefined) throw new CommandFailure(`ipts: there is no object ${name}.`, 1)
  const command = await object.load()
  return subsection(
    `ipts ${name}`,
    paragraph(OBJECT_MEANINGS[name]!),
    ...verbParts(name, command),
    ...ownWords(command),
  )
}

function ownWords({ words }: CommandTable<Session>): string[] {
  return words === undefined ? [] : [wordsPart(words.keywords)]
}

/** Verbs that are followed by the same words are described together. */
function verbParts(object: string, { verbs }: CommandTable<Session>): string[] {
  const groups = new Map<WordTable | Verb<Session>, Verb<Session>[]>()
  for (const verb of verbs) {
    const key = verb.words ?? verb
    groups.set(key, [...(groups.get(key) ?? []), verb])
  }
  return [...groups.values()].map((group) => {
    const names = group.map(({ spellings }) => bold(spellings[0]!.text)).join(', ')
    const keywords = group[0]!.words?.keywords ?? []
    return `.TP\n${bold(object)} ${names}\n${keywords.length === 0 ? '\\&\n' : wordsPart(keywords)}`
  })
}

function wordsPart(keywords: Keywords): string {
  const words = keywords.map(({ spellings, value }) => {
    return value === undefined ? spelled(spellings) : `${spelled(spellings)} ${italic(valueText(value))}`
  })
  return `${words.map((word) => `[ ${word} ]`).join('\n')}\n`
}

function valueText({ hint, choices }: NonNullable<Keywords[number]['value']>): string {
  return choices === undefined ? hint : `{ ${choices.join(' | ')} }`
}
