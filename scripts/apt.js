// Installs Debian packages, where that is allowed, for the programs in them that are missing.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { env, getuid, platform } from 'node:process'

const places = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

export const installed = (program) => places.some((place) => existsSync(`${place}/${program}`))

function apt(...args) {
  const options = ['-qq', '-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20', '-o', 'DPkg::Lock::Timeout=60']
  const result = spawnSync('apt-get', [...options, ...args], {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: 240_000,
  })
  return result.status === 0 ? undefined : result.stderr?.trim().split('\n').at(-1) || String(result.error ?? 'failed')
}

function noAptReason({ rtnlDead }) {
  if (platform !== 'linux') return `this is ${platform}`
  if (rtnlDead) return 'apt-get would hang, as the kernel does not answer rtnetlink'
  if (!installed('apt-get')) return 'there is no apt-get'
  if (getuid() !== 0) return 'that needs root'
  return undefined
}

/**
 * `tools` are packages and, of each, whether what is wanted of it is there. Installs those that are not, for `purpose`, and
 * prints one line that says what was done or why not.
 */
export function install(tools, { rtnlDead, purpose }) {
  const missing = () => Object.keys(tools).filter((name) => !tools[name]())
  const wanted = missing()
  if (wanted.length === 0) return
  const reason = noAptReason({ rtnlDead })
  if (reason) return console.log(`Not installing ${wanted.join(', ')}: ${reason}.`)
  console.log(`Installing with apt ${purpose}: ${wanted.join(', ')}`)
  const updateFailure = apt('update')
  if (updateFailure) console.log(`apt-get update: ${updateFailure}`)
  const failure = apt('install', '-y', '--no-install-recommends', ...wanted)
  // One package that this system does not have shall not keep the others away.
  if (failure) for (const name of missing()) apt('install', '-y', '--no-install-recommends', name)
  const left = missing()
  if (left.length > 0) console.log(`Not installed: ${left.join(', ')}${failure ? ` (${failure})` : ''}`)
}
