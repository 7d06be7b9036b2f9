#!/usr/bin/env node
// `npm test`: builds, installs with apt what the tests compare against when it may, runs them, and says what was skipped
// and why. Words after `npm test --` are vitest's: paths, `-t NAME`. `--no-install` leaves apt alone.
import { spawn, spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { arch, argv, env, execPath, exit } from 'node:process'
import { fileURLToPath } from 'node:url'
import { install, installed } from './apt.js'
import { unpackPrograms } from './programs.js'
import { deadRtnlReason, rtnlAnswers } from './rtnl.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const tools = {
  iproute2: 'ip',
  'iputils-ping': 'ping',
  'net-tools': 'ifconfig',
  'bridge-utils': 'brctl',
  procps: 'sysctl',
  nftables: 'nft',
  iptables: 'iptables',
  conntrack: 'conntrack',
  tshark: 'tshark',
  tcpdump: 'tcpdump',
  strace: 'strace',
  busybox: 'busybox',
  kmod: 'modprobe',
  'libxml2-utils': 'xmllint',
  zsh: 'zsh',
  fish: 'fish',
  'dnsmasq-base': 'dnsmasq',
  python3: 'python3',
  groff: 'groff',
  ...(arch === 'x64' ? { 'user-mode-linux': 'linux.uml' } : {}),
}
const words = argv.slice(2).filter((word) => word !== '--no-install')

const built = spawnSync(execPath, [join(root, 'scripts/build.js')], { stdio: 'inherit', cwd: root })
if (built.status !== 0) {
  console.log('The build failed.\n\n0 passed, 1 failed')
  exit(1)
}

const rtnl = env.IPTS_RTNL ?? ((await rtnlAnswers()) ? 'answers' : 'dead')
if (rtnl === 'dead') console.log(`Tests that need this machine's kernel are skipped: ${deadRtnlReason}.`)
if (!argv.includes('--no-install')) {
  install(Object.fromEntries(Object.entries(tools).map(([name, program]) => [name, () => installed(program)])), {
    rtnlDead: rtnl === 'dead',
    purpose: 'what tests compare against',
  })
  if (rtnl !== 'dead') unpackPrograms()
}

// Where npm had to be told not to ask for the machine's interfaces, that is npm's affair alone.
const options = env.NODE_OPTIONS?.replace(/--require "[^"]*without-rtnl\.cjs"/, '').trim()
const vitest = spawn(
  execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    `--reporter=${join(root, 'scripts/test-summary.js')}`,
    ...words,
  ],
  {
    stdio: ['ignore', 'inherit', 'inherit'],
    cwd: root,
    // Of somebody's certificates each of the thousands of processes would read for longer than it takes to start; no test needs any.
    env: {
      ...env,
      NODE_OPTIONS: options || undefined,
      NODE_EXTRA_CA_CERTS: undefined,
      IPTS_RTNL: rtnl,
      IPTS_BUILT: '1',
    },
  },
)
vitest.once('exit', (status) => exit(status ?? 1))
