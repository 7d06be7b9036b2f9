import { CommandFailure, type Keyword, spellings } from '../../grammar/index.ts'

/** `encap`, whose tables are still to come. */
export function encapKeyword<Draft>(): Keyword<Draft> {
  return {
    spellings: spellings('encap'),
    value: { hint: 'ENCAPTYPE ENCAPHDR' },
    take() {
      throw new CommandFailure('ipts: "route encap" is not supported yet.', 1)
    },
  }
}
