import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as netns from '../../../src/netns/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'
import { ip, noIpReason } from './ip.ts'

const reason = noWorldReason() ?? noIpReason()
// What it cannot read an id of, iproute2 complains about and lists all the same.
const listed = () =>
  ip('netns', 'list')
    .stdout.split('\n')
    .filter(Boolean)
    .map((line) => line.split(' ')[0])

describe.skipIf(reason)(`netns and ip netns${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(enterDisposableWorld)
  afterEach(() => {
    for (const name of netns.list()) netns.delete(name, { own: true })
  })

  test('each lists what the other made, in the same order', () => {
    for (const name of ['red', 'alpha', 'zulu', 'blue']) netns.create(name)
    for (const name of ['mike', 'beta', 'Upper']) expect(ip('netns', 'add', name).status).toBe(0)
    expect(netns.list()).toHaveLength(7)
    expect(netns.list()).toEqual(listed())
    writeFileSync('/run/netns/stale', '')
    mkdirSync('/run/netns/.hidden', { recursive: true })
    expect(netns.list()).toEqual(listed())
    spawnSync('rmdir', ['/run/netns/.hidden'])
  })

  test('each runs in, identifies and deletes what the other made', () => {
    const ours = netns.create('ours')
    ip('netns', 'add', 'theirs')
    const theirs = statSync('/run/netns/theirs')
    expect(ip('netns', 'exec', 'ours', 'readlink', '/proc/self/ns/net').stdout).toBe(`net:[${ours.ino}]\n`)
    expect(netns.run('theirs', () => readlinkSync('/proc/thread-self/ns/net'))).toBe(`net:[${theirs.ino}]`)
    expect(netns.run('theirs', () => ip('netns', 'identify').stdout)).toBe('theirs\n')
    expect(netns.run('ours', () => netns.identify())).toEqual(['ours'])
    expect(ip('netns', 'add', 'ours')).toMatchObject({
      status: 1,
      stderr: 'Cannot create namespace file "/run/netns/ours": File exists\n',
    })
    expect(() => netns.create('theirs')).toThrow('EEXIST')
    expect(ip('netns', 'delete', 'ours').status).toBe(0)
    netns.delete('theirs')
    expect(netns.list()).toEqual([])
    expect(listed()).toEqual([])
  })

  test('the same processes, and the same names for a process', async () => {
    netns.create('red')
    const child = spawn('ip', ['netns', 'exec', 'red', 'sh', '-c', 'echo in; exec sleep 60'])
    try {
      await once(child.stdout, 'data')
      expect(netns.pids('red')).toEqual([child.pid])
      expect(ip('netns', 'pids', 'red').stdout).toBe(`${child.pid}\n`)
      expect(netns.identify(child.pid)).toEqual(['red'])
      expect(ip('netns', 'identify', String(child.pid)).stdout).toBe('red\n')
      expect(ip('netns', 'attach', 'scarlet', String(child.pid)).status).toBe(0)
      netns.attach('crimson', child.pid!)
      const names = netns.identify(child.pid)
      expect([...names].sort()).toEqual(['crimson', 'red', 'scarlet'])
      expect(ip('netns', 'identify', String(child.pid)).stdout).toBe(`${names.at(-1)}\n`)
    } finally {
      child.kill()
      await once(child, 'exit')
    }
  })

  test('at the same time: one mount of the directory, and every namespace there', async () => {
    const others = Array.from({ length: 8 }, (_, index) => spawn('ip', ['netns', 'add', `theirs${index}`]))
    const exits = others.map((child) => once(child, 'exit'))
    for (let index = 0; index < 8; index++) netns.create(`ours${index}`)
    expect((await Promise.all(exits)).map(([code]) => code)).toEqual(Array(8).fill(0))
    expect(netns.list()).toHaveLength(16)
    for (const name of netns.list()) netns.open(name)[Symbol.dispose]()
    const mounts = readFileSync('/proc/self/mountinfo', 'utf8').match(/ \/run\/netns /g)
    expect(mounts).toHaveLength(1)
  })

  test('a namespace made and deleted here is so in a mount namespace that ip made before', async () => {
    netns.create('red')
    const child = spawn('ip', [
      'netns',
      'exec',
      'red',
      'sh',
      '-c',
      'echo in; read x; ls /run/netns; exec ls /run/netns',
    ])
    await once(child.stdout, 'data')
    netns.create('blue')
    let output = ''
    child.stdout.on('data', (data) => {
      output += data
    })
    child.stdin.end('go\n')
    await once(child, 'close')
    expect(output.split('\n').filter((line) => line === 'blue')).toHaveLength(2)
    netns.delete('red')
    expect(netns.list()).toEqual(['blue'])
  })
})
