// The peers that the benchmarks compare with: iproute2 and pyroute2 of Debian, and npm's netlink, in a folder of its own.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { install, installed } from '../scripts/apt.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const cache = join(root, 'node_modules/.cache/ipts-bench')

const python = ['/usr/bin/python3', 'python3']
const withPyroute2 = () =>
  python.find((name) => spawnSync(name, ['-c', 'import pyroute2'], { stdio: 'ignore' }).status === 0)

function npmNetlink() {
  const there = () => existsSync(join(cache, 'node_modules/netlink'))
  if (there()) return undefined
  mkdirSync(cache, { recursive: true })
  // It finds its native addon with a script.
  writeFileSync(join(cache, 'package.json'), '{ "private": true, "allowScripts": { "netlink": true } }')
  const { stderr, error } = spawnSync('npm', ['install', '--no-package-lock', 'netlink@0.3.0'], {
    cwd: cache,
    encoding: 'utf8',
    timeout: 120_000,
  })
  return there() ? undefined : `npm could not install it: ${stderr?.trim().split('\n').at(-1) || error}`
}

/** Installs what is missing, and gives the environment by which the benchmarks find the peers, or why they are not there. */
export function peers({ rtnlDead }) {
  install(
    { iproute2: () => installed('ip'), 'python3-pyroute2': () => withPyroute2() !== undefined },
    { rtnlDead, purpose: 'the peers to compare with' },
  )
  const reason = rtnlDead ? 'npm would hang' : npmNetlink()
  const interpreter = withPyroute2()
  return {
    ...env,
    ...(reason === undefined ? { IPTS_BENCH_NETLINK: cache } : { IPTS_BENCH_NO_NETLINK: reason }),
    ...(interpreter
      ? { IPTS_BENCH_PYTHON: interpreter }
      : { IPTS_BENCH_NO_PYTHON: 'python3-pyroute2 is not installed' }),
  }
}
