// Debian packages of programs that call `ip` and its like, for test/live/programs. They are unpacked and not installed: no service of
// theirs starts, and nothing is left on the machine.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cache = join(dirname(fileURLToPath(import.meta.url)), '../node_modules/.cache/ipts-test')
/** Where they are, as below / when installed. */
const directory = join(cache, 'debian')
const modules = 'usr/lib/python3/dist-packages'

/** Package: a path in it. */
const packages = {
  ifupdown: 'sbin/ifup',
  'isc-dhcp-client': 'sbin/dhclient',
  'vpnc-scripts': 'usr/share/vpnc-scripts/vpnc-script',
  lxc: 'usr/libexec/lxc/lxc-net',
  mininet: 'usr/bin/mn',
  fail2ban: `${modules}/fail2ban`,
  'cloud-init': `${modules}/cloudinit`,
  'ansible-core': `${modules}/ansible`,
  // What the last two import.
  'python3-certifi': `${modules}/certifi`,
  'python3-chardet': `${modules}/chardet`,
  'python3-distro': `${modules}/distro`,
  'python3-idna': `${modules}/idna`,
  'python3-requests': `${modules}/requests`,
  'python3-six': `${modules}/six.py`,
  'python3-urllib3': `${modules}/urllib3`,
  'python3-yaml': `${modules}/yaml`,
}

function run(command, args, options) {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 120_000, ...options }).status === 0
}

/** Fetches those that are missing, about 7 MB for all. Tests of a program that could not be fetched skip, and say so. */
export function unpackPrograms() {
  const missing = Object.keys(packages).filter((name) => !existsSync(join(directory, packages[name])))
  if (missing.length === 0 || !existsSync('/usr/bin/apt-get')) return
  console.log(`Fetching with apt-get, to unpack beside the tests: ${missing.join(', ')}`)
  mkdirSync(cache, { recursive: true })
  const scratch = mkdtempSync(join(cache, 'fetch-'))
  const fetch = (...names) =>
    run('apt-get', ['-qq', '-o', 'Acquire::Retries=1', 'download', ...names], { cwd: scratch })
  try {
    // One package that this system does not have shall not keep the others away.
    if (!fetch(...missing)) for (const name of missing) fetch(name)
    for (const file of readdirSync(scratch)) run('dpkg', ['-x', join(scratch, file), directory])
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
