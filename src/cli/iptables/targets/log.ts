import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { IptablesError } from '../failure.ts'
import { wholeNumber } from '../number.ts'
import { quoted, shortened } from '../values.ts'

/** syslog(3)'s levels, as they are listed. */
const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'] as const
const WARNING = 4
/** What an option may call a level. */
const WORDS: Readonly<Record<string, number>> = {
  alert: 1,
  crit: 2,
  debug: 7,
  emerg: 0,
  error: 3,
  info: 6,
  notice: 5,
  panic: 0,
  warning: WARNING,
}
const FLAGS = ['tcp-sequence', 'tcp-options', 'ip-options', 'uid', 'macdecode'] as const

export const log = extension({
  name: 'LOG',
  revision: 0,
  codec: xtables.targets.LOG[0],
  initially: { level: WARNING },
  options: [
    {
      names: ['log-level'],
      read({ info, value }) {
        const level = wholeNumber(value, 0, 7) ?? (Object.hasOwn(WORDS, value) ? WORDS[value] : undefined)
        if (level === undefined) throw new IptablesError(`log level "${value}" unknown\n`)
        info.level = level
      },
    },
    {
      names: ['log-prefix'],
      read({ info, value }) {
        if (value === '') throw new IptablesError('Argument must have a minimum length of 1 characters\n')
        if (value.includes('\n')) throw new IptablesError('Newlines not allowed in --log-prefix')
        info.prefix = shortened(value, 29)
      },
    },
    ...FLAGS.map((flag) => ({
      names: [`log-${flag}`],
      value: false,
      read({ info }: { info: { flags: readonly unknown[] } }) {
        info.flags = [...info.flags, flag]
      },
    })),
  ],
  save({ level, flags, prefix }) {
    return [
      prefix === '' ? '' : ` --log-prefix${quoted(prefix)}`,
      level === WARNING ? '' : ` --log-level ${level}`,
      ...FLAGS.map((flag) => (flags.includes(flag) ? ` --log-${flag}` : '')),
    ].join('')
  },
  list({ level, flags, prefix }, { numeric }) {
    const value = flags.reduce<number>(
      (sum, flag) => sum | (typeof flag === 'number' ? flag : xtables.XT_LOG_FLAGS[flag]),
      0,
    )
    const name = LEVELS[level]
    const words = [
      name === undefined ? ` UNKNOWN level ${level}` : ` level ${name}`,
      ...FLAGS.map((flag) => (flags.includes(flag) ? ` ${flag}` : '')),
      flags.some((flag) => typeof flag === 'number') ? ' unknown-flags' : '',
    ]
    const shown = numeric ? ` flags ${value} level ${level}` : words.join('')
    return ` LOG${shown}${prefix === '' ? '' : ` prefix "${prefix}"`}`
  },
  help: `LOG target options:
 --log-level level		Level of logging (numeric or see syslog.conf)
 --log-prefix prefix		Prefix log messages with this prefix.
 --log-tcp-sequence		Log TCP sequence numbers.
 --log-tcp-options		Log TCP options.
 --log-ip-options		Log IP options.
 --log-uid			Log UID owning the local socket.
 --log-macdecode		Decode MAC addresses and protocol.
`,
})
