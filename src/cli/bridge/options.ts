import { CommandFailure, familyNamed, usage, wrong } from '../grammar/index.ts'
import { COMMON, type OptionTable, option, optionValue, set, VersionRequest } from '../options.ts'
import { programUsage } from './usage.ts'

/** The options of bridge(8), in the order in which it resolves abbreviations: `-c` is -color, not -compressvlans. */
export const bridgeOptions: OptionTable = {
  help: 'bridge help',
  rows: [
    option('-help*', () => {
      throw usage(programUsage)
    }),
    option('-Version*', () => {
      throw new VersionRequest()
    }),
    option('-stats*|-statistics*', (options) => {
      options.stats++
    }),
    option('-details*', (options) => {
      options.details++
    }),
    set('-oneline*', { oneline: true }),
    set('-timestamp*', { timestamp: 'long' }),
    option('-family*', (options, words) => {
      const name = optionValue(words, programUsage)
      if (name === 'help') throw usage(programUsage)
      const family = familyNamed(name)
      if (family !== 'inet' && family !== 'inet6') throw wrong(name, 'invalid protocol family')
      options.family = family
    }),
    set('-4', { family: 'inet' }),
    set('-6', { family: 'inet6' }),
    option('-netns*', (options, words) => {
      // It does not see that the name is missing.
      if (!words.hasNext)
        throw new CommandFailure('Cannot open network namespace "(null)": No such file or directory', 255)
      options.netns = words.next()
    }),
    set('-color*', { colour: 'always' }),
    set('-compressvlans*', { compressVlans: true }),
    set('-force*', { force: true }),
    set('-json*', { json: true }),
    set('-pretty*', { pretty: true }),
    option('-batch*', (options, words) => {
      options.batch = optionValue(words, programUsage)
    }),
    ...COMMON,
  ],
}
