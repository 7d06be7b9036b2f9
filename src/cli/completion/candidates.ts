import { readdirSync } from 'node:fs'
import { list } from '../../netns/index.ts'
import { COMMANDS, TOOLS } from '../applets.ts'
import { type Spelling, spelled, Words, type WordTable } from '../grammar/index.ts'
import { OBJECTS } from '../ip/objects.ts'
import { OPTIONS } from '../options.ts'

type Spelled = { readonly spellings: readonly Spelling[] }

/** What the word that is being written may become, after those before it; in the order of the tables. */
export async function candidates(before: readonly string[], begun: string): Promise<string[]> {
  const found = await expected(new Words(before), begun)
  return [...new Set(found)].filter((word) => word !== '' && word.startsWith(begun))
}

async function expected(words: Words, begun: string): Promise<readonly string[]> {
  const value = afterOptions(words)
  if (value !== undefined) return value
  if (words.done) return begun.startsWith('-') ? optionsAs(begun) : firstWords()
  const object = spelled(words.current, OBJECTS)
  if (object === undefined) return []
  const command = await object.load()
  words.advance()
  if (words.done)
    return [...textsOf(command.verbs), ...(command.words === undefined ? [] : table(command.words, words))]
  const found = spelled(words.current, command.verbs)
  if (found === undefined) return command.words === undefined ? [] : table(command.words, words)
  words.advance()
  return found.words === undefined ? [] : table(found.words, words)
}

/** Passes over the options; gives what the value of the last one may be, where that is what is being written. */
function afterOptions(words: Words): readonly string[] | undefined {
  for (; words.current.startsWith('-'); words.advance()) {
    const hint = spelled(words.current.replace(/^--/, '-'), OPTIONS)?.hint
    if (hint === undefined) continue
    if (!words.hasNext) return named(hint)
    words.advance()
  }
  return undefined
}

/** Options are written with one hyphen or two. */
function optionsAs(begun: string): readonly string[] {
  const texts = textsOf(OPTIONS)
  return begun.startsWith('--') ? texts.map((text) => `-${text}`) : texts
}

function firstWords(): readonly string[] {
  return [...textsOf(OBJECTS), ...[...COMMANDS, ...TOOLS].map(({ name }) => name)]
}

const textsOf = (entries: readonly Spelled[]) => entries.flatMap(({ spellings }) => spellings.map(({ text }) => text))

/** Walks the words by a command's table, up to the place that is being written. */
function table({ keywords, otherwise, after }: WordTable, words: Words): readonly string[] {
  const positional = typeof otherwise === 'object' ? otherwise : undefined
  for (; !words.done; words.advance()) {
    const keyword = spelled(words.current, keywords)
    const introduces = positional?.introducer === words.current
    if (keyword === undefined && !introduces) continue
    const { hint, choices } = introduces ? { ...positional, choices: undefined } : (keyword?.value ?? {})
    if (hint !== undefined) {
      if (!words.hasNext) return choices ?? named(hint, words.current)
      words.advance()
    }
    if (!keyword?.ends) continue
    const rest = after?.(words.current)
    words.advance()
    return rest === undefined ? [] : table(rest, words)
  }
  const texts = textsOf(keywords)
  if (positional === undefined) return texts
  const introducer = positional.introducer === undefined ? [] : [positional.introducer]
  return [...introducer, ...texts, ...named(positional.hint)]
}

const DEVICE_KEYWORDS = /^(dev|oif|iif|link|master|vrf)$/
const DEVICE_HINTS = /^(DEVICE|DEV|IFNAME)$/

/** What is called by names that come and go. */
function named(hint: string, keyword = ''): readonly string[] {
  if (DEVICE_KEYWORDS.test(keyword) || DEVICE_HINTS.test(hint)) return devices()
  if (hint === 'NETNS' || keyword === 'netns' || keyword === 'link-netns') return list()
  return hint === 'FAMILY' ? ['inet', 'inet6', 'mpls', 'bridge', 'link'] : []
}

/** The devices of this process's own namespace, as sysfs has them. */
function devices(): string[] {
  try {
    // What stands there besides devices is no device's name.
    return readdirSync('/sys/class/net').filter((name) => name !== 'bonding_masters')
  } catch {
    return []
  }
}
