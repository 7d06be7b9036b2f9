import { env } from 'node:process'
import { rtnlAnswers } from '../scripts/rtnl.js'

/**
 * Finds out, before any test and once for all, whether the kernel's RTNL lock answers: where it does not, live tests would hang for
 * ever. They read what was found, see `noWorldReason`.
 */
export async function setup(): Promise<void> {
  env.IPTS_RTNL ??= (await rtnlAnswers()) ? 'answers' : 'dead'
}
