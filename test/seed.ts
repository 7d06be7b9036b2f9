import process from 'node:process'

const { IPTS_SEED = '20261121' } = process.env

/**
 * What random tests begin with: the same each time, so that a change is judged by what it changes. IPTS_SEED=1234 is another one,
 * IPTS_SEED=random another each time.
 */
export const seed = IPTS_SEED === 'random' ? Date.now() % 1_000_000_000 : Number(IPTS_SEED)
