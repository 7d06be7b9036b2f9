import { xtables } from '../../../netfilter/index.ts'
import { extension, type Given } from '../extension.ts'
import { IptablesError } from '../failure.ts'
import { integer } from '../values.ts'

type Info = ReturnType<(typeof xtables.matches.ttl)[0]['at']>
const { eq, ne, lt, gt } = xtables.TTL_MODES
const SAVED = { [eq]: ' --ttl-eq', [ne]: ' ! --ttl-eq', [lt]: ' --ttl-lt', [gt]: ' --ttl-gt' }
const LISTED = { [eq]: 'TTL ==', [ne]: 'TTL !=', [lt]: 'TTL <', [gt]: 'TTL >' }

function read(mode: number, inverted = mode) {
  return ({ info, value, not, asked }: Given<Info>) => {
    info.ttl = integer(value, 0, 255, asked)
    info.mode = not ? inverted : mode
  }
}

export const ttl = extension({
  name: 'ttl',
  revision: 0,
  codec: xtables.matches.ttl[0],
  options: [
    { names: ['ttl-lt'], excludes: ['ttl-eq', 'ttl-gt'], read: read(lt) },
    { names: ['ttl-gt'], excludes: ['ttl-eq', 'ttl-lt'], read: read(gt) },
    { names: ['ttl-eq', 'ttl'], not: true, excludes: ['ttl-lt', 'ttl-gt'], read: read(eq, ne) },
  ],
  check(_info, given) {
    if (given.size > 0) return
    throw new IptablesError("TTL match: You must specify one of `--ttl-eq', `--ttl-lt', `--ttl-gt")
  },
  save: ({ mode, ttl }) => `${SAVED[mode as 0] ?? ''} ${ttl}`,
  list: ({ mode, ttl }) => ` TTL match ${LISTED[mode as 0] ?? ''} ${ttl}`,
  help: `ttl match options:
[!] --ttl-eq value	Match time to live value
  --ttl-lt value	Match TTL < value
  --ttl-gt value	Match TTL > value
`,
})
