import { readFileSync } from 'node:fs'
import { getopt, type OptionSpec } from '../getopt.ts'
import { readAll } from '../read.ts'
import { VERSION } from './failure.ts'
import { report } from './report.ts'
import { Restoring } from './restoring.ts'
import { reason } from './save.ts'
import type { Session } from './session.ts'

const OPTIONS: OptionSpec = {
  short: 'bcvVthnM:T:wW',
  long: [
    { name: 'counters', short: 'c' },
    { name: 'verbose', short: 'v' },
    { name: 'version', short: 'V' },
    { name: 'test', short: 't' },
    { name: 'help', short: 'h' },
    { name: 'noflush', short: 'n' },
    { name: 'modprobe', short: 'M', value: 'required' },
    { name: 'table', short: 'T', value: 'required' },
    { name: 'ipv4', short: '4' },
    { name: 'ipv6', short: '6' },
    { name: 'wait', short: 'w', value: 'optional' },
    { name: 'wait-interval', short: 'W', value: 'optional' },
  ],
}

const usage = (
  program: string,
) => `Usage: ${program} [-c] [-v] [-V] [-t] [-h] [-n] [-T table] [-M command] [-4] [-6] [file]
	   [ --counters ]
	   [ --verbose ]
	   [ --version]
	   [ --test ]
	   [ --help ]
	   [ --noflush ]
	   [ --table=<TABLE> ]
	   [ --modprobe=<command> ]
	   [ --ipv4 ]
	   [ --ipv6 ]
`

/** Does iptables-restore and gives its exit status. */
export async function restore(argv: readonly string[], program: string, session: Session): Promise<number> {
  const { options, operands } = getopt(withoutWaiting(argv), OPTIONS)
  const has = (letter: string) => options.some(({ name }) => name === letter)
  for (const { name, wrong } of options) {
    if (name === 'b') session.warn('-b/--binary option is not implemented\n')
    if (name === 'V') {
      session.write(`${program} ${VERSION}\n`)
      return 0
    }
    if (name === 'h') {
      session.warn(usage(program))
      return 0
    }
    if (name === '?' || name === '4' || name === '6') {
      session.warn(`${wrong === undefined ? '' : `${program}: ${wrong}\n`}Try \`${program} -h' for more information.\n`)
      return 1
    }
  }
  if (operands.length > 1) {
    session.warn('Unknown arguments found on commandline\n')
    return 1
  }
  let text: string
  try {
    text = operands[0] === undefined ? readAll(0).toString() : readFileSync(operands[0], 'utf8')
  } catch (error) {
    session.warn(`Can't open ${operands[0] ?? 'stdin'}: ${reason(error)}\n`)
    return 1
  }
  const restoring = new Restoring(program, session, {
    counters: has('c'),
    verbose: options.filter(({ name }) => name === 'v').length,
    noFlush: has('n'),
    test: has('t'),
    only: options.find(({ name }) => name === 'T')?.value,
  })
  try {
    await restoring.restore(text)
    return 0
  } catch (error) {
    return report(error, session, program, restoring.line)
  }
}

/** `-w` and `-W` may have a number after them, which is no file. */
function withoutWaiting(argv: readonly string[]): string[] {
  return argv.filter((word, i) => {
    const isAfter = i > 0 && /^(-[wW]|--wait(-interval)?)$/.test(argv[i - 1]!)
    return !(isAfter && !/^[-!]/.test(word))
  })
}
