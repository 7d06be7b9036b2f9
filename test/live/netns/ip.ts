import { spawnSync } from 'node:child_process'

/** Runs iproute2's `ip` where the test is. */
export function ip(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync('ip', args, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** Why there is nothing to compare with, or undefined. */
export function noIpReason(): string | undefined {
  return spawnSync('ip', ['-V']).error ? 'iproute2 is not installed' : undefined
}
