import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ForeignFileError, removeShims, shimNames, wholeShimNames, writeShims } from '../../../src/cli/shims/index.ts'
import { noWorldReason } from '../world.ts'
import { bareRoot } from './bare-root.ts'
import { buildOurs } from './twin.ts'

const cache = join(import.meta.dirname, '../../../node_modules/.cache/ipts-test')
const reason = noWorldReason()
let ours: string
let directory: string

beforeAll(() => {
  ours = buildOurs()
  directory = mkdtempSync(join(cache, 'shims-'))
})
afterAll(() => {
  rmSync(ours, { recursive: true, force: true })
  rmSync(directory, { recursive: true, force: true })
})

/** Where the tools that ipts stands for are looked for elsewhere. */
const HIDDEN = ['ip', 'bridge', 'ping', 'arp', 'sysctl', 'brctl', 'ifconfig', 'route', 'iptables', 'iptables-save']

function inBareRoot(script: string) {
  const root = join(directory, 'root')
  mkdirSync(root, { recursive: true })
  return spawnSync('unshare', ['-n', '-m', '/bin/sh', '-c', bareRoot({ root, programs: ['sh'], script })], {
    encoding: 'utf8',
    timeout: 60_000,
  })
}

describe('shims', () => {
  test('are links to one launcher, and go as they came', () => {
    const path = join(directory, 'made/here')
    writeShims(path, ['ip', 'ping'], { node: execPath, program: '/nowhere/ipts.cjs' })
    expect(readdirSync(path).sort()).toEqual(['ip', 'ipts.cjs', 'ping'])
    expect(lstatSync(join(path, 'ping')).isSymbolicLink()).toBe(true)
    // Again, with another program.
    writeShims(path, ['ip', 'arp'], { node: execPath, program: '/elsewhere/ipts.cjs' })
    expect(readdirSync(path).sort()).toEqual(['arp', 'ip', 'ipts.cjs', 'ping'])
    writeFileSync(join(path, 'mine'), '')
    removeShims(path, ['ip', 'mine', 'nosuch'])
    expect(readdirSync(path).sort()).toEqual(['arp', 'ipts.cjs', 'mine', 'ping'])
    removeShims(path, shimNames())
    expect(readdirSync(path)).toEqual(['mine'])
  })

  test.each([
    ['a file', (path: string) => writeFileSync(path, '#!/bin/sh\n')],
    ['a link to elsewhere', (path: string) => symlinkSync('/usr/bin/env', path)],
    ['a link to nowhere', (path: string) => symlinkSync('nowhere', path)],
    ['a directory', (path: string) => mkdirSync(path)],
  ])('leave %s alone, and nothing is half done', (_what, make) => {
    const path = mkdtempSync(join(directory, 'foreign-'))
    make(join(path, 'ping'))
    expect(() => writeShims(path, ['ip', 'ping'], { node: execPath, program: '/nowhere' })).toThrow(ForeignFileError)
    expect(readdirSync(path)).toEqual(['ping'])
    removeShims(path, ['ping'])
    expect(readdirSync(path)).toEqual(['ping'])
  })

  test('leave a launcher that is somebody else alone', () => {
    const path = mkdtempSync(join(directory, 'foreign-'))
    writeFileSync(join(path, 'ipts.cjs'), 'somebody else')
    expect(() => writeShims(path, ['ip'], { node: execPath, program: '/nowhere' })).toThrow(ForeignFileError)
    expect(readdirSync(path)).toEqual(['ipts.cjs'])
  })

  test('need a node whose path can stand in a #! line', () => {
    const path = join(directory, 'never')
    expect(() => writeShims(path, ['ip'], { node: '/a b/node', program: '/x' })).toThrow(RangeError)
    expect(existsSync(path)).toBe(false)
  })

  test('the command makes all, or some, and says what is wrong with its words', () => {
    const run = (...words: string[]) => {
      return spawnSync(join(ours, 'ipts'), ['shims', ...words], { encoding: 'utf8', env: {} })
    }
    const path = join(directory, 'command')
    expect(run(path)).toMatchObject({ status: 0, stdout: '', stderr: '' })
    expect(readdirSync(path).sort()).toEqual([...wholeShimNames(), 'ipts.cjs'].sort())
    expect(wholeShimNames()).not.toContain('nft')
    expect(run(path, 'nft')).toMatchObject({ status: 0 })
    expect(readdirSync(path)).toContain('nft')
    expect(run('--remove', path, 'ping')).toMatchObject({ status: 0 })
    expect(readdirSync(path)).not.toContain('ping')
    expect(run('--remove', path)).toMatchObject({ status: 0 })
    expect(readdirSync(path)).toEqual([])
    expect(run(path, 'nosuch')).toMatchObject({
      status: 255,
      stderr: expect.stringContaining('does not stand for "nosuch"'),
    })
    expect(run()).toMatchObject({ status: 255, stderr: expect.stringContaining('expected a directory') })
    expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: ipts shims') })
    writeFileSync(join(path, 'ip'), '')
    expect(run(path)).toMatchObject({ status: 1, stderr: expect.stringContaining('is not a shim') })
  })
})

describe.skipIf(reason)(`shims alone on PATH${reason ? ` (skipped: ${reason})` : ''}`, () => {
  test('a machine without these tools has them', () => {
    const script = `
      export PATH=${ours}
      for d in /bin /sbin /usr/bin /usr/sbin; do
        for t in ${HIDDEN.join(' ')}; do [ ! -e $d/$t ] || echo there is $d/$t; done
      done
      ip link set lo up
      ping -c 1 -q 127.0.0.1 | { read a; read b; read c; read d; echo "\${d%, time*}"; }
      sysctl -w net.ipv4.ip_forward=1
      brctl addbr br0; ip link set br0 type bridge mcast_snooping 0
      ifconfig br0 10.9.0.1/24 up
      route add -net 10.10.0.0/16 gw 10.9.0.2
      route -n
      arp -s 10.9.0.2 02:00:00:00:00:02
      arp -n 10.9.0.2
      brctl show | { read a; read b c d; echo "$a: $b"; }
      iptables -t nat -A POSTROUTING -s 10.9.0.0/24 -j MASQUERADE
      iptables -t nat -S POSTROUTING
      ip -4 -br addr show br0 | { read a b c; echo "$a $c"; }
      ping -c 1 10.10.10.10 -W 0.1 > /dev/null; echo $?
    `
    const { stdout, stderr, status } = inBareRoot(script)
    expect({ stdout, stderr, status }).toEqual({
      status: 0,
      stderr: '',
      stdout: `1 packets transmitted, 1 received, 0% packet loss
net.ipv4.ip_forward = 1
Kernel IP routing table
Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
10.9.0.0        0.0.0.0         255.255.255.0   U     0      0        0 br0
10.10.0.0       10.9.0.2        255.255.0.0     UG    0      0        0 br0
Address                  HWtype  HWaddress           Flags Mask            Iface
10.9.0.2                 ether   02:00:00:00:00:02   CM                    br0
bridge name\tbridge id\t\tSTP enabled\tinterfaces: br0
-P POSTROUTING ACCEPT
-A POSTROUTING -s 10.9.0.0/24 -j MASQUERADE
br0 10.9.0.1/24
1
`,
    })
  })
})

describe.skipIf(reason)(`ipts sandbox${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const sandbox = (words: readonly string[], options: { input?: string; env?: NodeJS.ProcessEnv } = {}) => {
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...options.env }
    const { stdout, stderr, status, signal } = spawnSync(join(ours, 'ipts'), ['sandbox', ...words], {
      encoding: 'utf8',
      timeout: 30_000,
      input: options.input ?? '',
      env,
    })
    return { stdout, stderr, status, signal }
  }

  test('passes standard input, the status and a signal', () => {
    expect(sandbox(['--', 'sh', '-c', 'cat; exit 7'], { input: 'words\n' })).toMatchObject({
      stdout: 'words\n',
      status: 7,
    })
    expect(sandbox(['--', 'sh', '-c', 'kill -TERM $$'])).toMatchObject({ status: null, signal: 'SIGTERM' })
    expect(sandbox([], { input: 'echo of a shell\n', env: { SHELL: '/bin/sh' } })).toMatchObject({
      stdout: 'of a shell\n',
      status: 0,
    })
    expect(sandbox(['--', 'sh', '-c', 'yes | head -1'])).toMatchObject({ stdout: 'y\n', stderr: '', status: 0 })
  })

  test('has lo and nothing else, and nothing of it is left', () => {
    const before = readdirSync('/run')
    const { stdout, status } = sandbox(['--', 'sh', '-c', 'ls /sys/class/net; echo x > /run/x; ls /run'])
    expect(stdout.split('\n').filter((name) => name !== 'bonding_masters')).toEqual(['lo', 'ipts', 'lock', 'x', ''])
    expect(status).toBe(0)
    expect(readdirSync('/run')).toEqual(before)
  })

  test('--uplink and --shims: tools of ours, and somebody to ask', () => {
    const script =
      'command -v ping; command -v ip; ping -c 1 -q 8.8.8.8 > /dev/null && ping -c 1 -q 172.17.0.3 > /dev/null; echo $?; ip route'
    expect(sandbox(['--uplink', '--shims', '--', 'sh', '-c', script])).toEqual({
      stdout: `/run/ipts/bin/ping
/run/ipts/bin/ip
0
default via 172.17.0.1 dev eth0 
172.17.0.0/16 dev eth0 proto kernel scope link src 172.17.0.2 
`,
      stderr: '',
      status: 0,
      signal: null,
    })
  })

  test('what cannot be run is said, with the status of a shell', () => {
    expect(sandbox(['--', '/nowhere/prog'])).toMatchObject({
      status: 127,
      stderr: 'ipts sandbox: /nowhere/prog: No such file or directory\n',
    })
    expect(sandbox(['--', '/etc'])).toMatchObject({ status: 126, stderr: 'ipts sandbox: /etc: Permission denied\n' })
    expect(sandbox(['word'])).toMatchObject({ status: 255, stderr: expect.stringContaining('after --') })
    expect(sandbox(['--nosuch'])).toMatchObject({ status: 255 })
    expect(sandbox(['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: ipts sandbox') })
  })
})
