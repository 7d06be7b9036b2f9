import { openOutput } from '../print/index.ts'
import { manual } from './manual.ts'

/** `ipts manual`: the manual page ipts(8) as troff has it. */
export async function main(): Promise<number> {
  const out = openOutput(1)
  out.write(await manual())
  out.flush()
  return 0
}
