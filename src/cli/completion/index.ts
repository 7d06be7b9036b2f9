import { CommandFailure, usage } from '../grammar/index.ts'
import { openOutput } from '../print/index.ts'
import { candidates } from './candidates.ts'
import { SHELLS } from './shells.ts'

const completionUsage = `Usage: ipts completion { bash | zsh | fish } [ NAME ... ]
       ipts completion words INDEX WORD ...

The first prints what the shell has to read for the words of ipts, or of what else ipts goes by, to be
completed: put \`source <(ipts completion bash)\` into ~/.bashrc. The second is what that asks.`

/** `ipts completion`. Throws CommandFailure. */
export async function main([word, ...rest]: readonly string[]): Promise<number> {
  const out = openOutput(1)
  if (word === 'words') {
    const index = Number(rest[0])
    const words = rest.slice(1)
    for (const candidate of await candidates(words.slice(1, index), words[index] ?? '')) out.write(`${candidate}\n`)
  } else if (word !== undefined && Object.hasOwn(SHELLS, word))
    out.write(SHELLS[word]!(rest.length > 0 ? rest : ['ipts']))
  else if (word === undefined || word === 'help') throw usage(completionUsage)
  else
    throw new CommandFailure(
      `ipts: there is no completion for ${JSON.stringify(word)}: there is bash, zsh and fish.`,
      1,
    )
  out.flush()
  return 0
}
