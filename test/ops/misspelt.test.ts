import { describe, expect, test } from 'vitest'
import { EncodeError } from '../../src/netlink/index.ts'
import {
  allowForward,
  attachToBridge,
  createBridge,
  createVethPair,
  dropInput,
  masquerade,
  moveToNetns,
  publishPort,
  readSysctl,
  setMtu,
  setSysctl,
  setUp,
  writeSysctl,
} from '../../src/ops/index.ts'

// Left alone, each of these would do to this host, or to everything, what is meant for a part of it.
describe('a misspelt name is refused before anything happens', () => {
  test.each<[string, () => unknown, string]>([
    ['setUp', () => setUp({ link: 'lo', nettns: 'red' } as never), 'nettns'],
    ['setMtu', () => setMtu({ link: 'lo', mtu: 1500, nettns: 'red' } as never), 'nettns'],
    ['attachToBridge', () => attachToBridge({ link: 'a', bridge: 'b', nettns: 'red' } as never), 'nettns'],
    ['moveToNetns', () => moveToNetns({ link: 'a', to: 'red', nettns: 'red' } as never), 'nettns'],
    ['createBridge', () => createBridge({ name: 'a', nettns: 'red' } as never), 'nettns'],
    ['createVethPair', () => createVethPair({ name: 'a', peer: { name: 'b' }, nettns: 'red' } as never), 'nettns'],
    ['createVethPair', () => createVethPair({ name: 'a', peer: { name: 'b', nettns: 'red' } } as never), 'peer.nettns'],
    ['createVethPair', () => createVethPair({ name: 'a', pear: { name: 'b' } } as never), 'pear'],
    ['readSysctl', () => readSysctl('net.ipv4.ip_forward', { nettns: 'red' } as never), 'nettns'],
    ['writeSysctl', () => writeSysctl('net.ipv4.ip_forward', 0, { nettns: 'red' } as never), 'nettns'],
    ['setSysctl', () => setSysctl('net.ipv4.ip_forward', 0, { nettns: 'red' } as never), 'nettns'],
    ['masquerade', () => masquerade({ suorce: '10.0.0.0/8' } as never), 'suorce'],
    ['publishPort', () => publishPort({ port: 80, to: '10.0.0.2:80', adress: '10.0.0.1' } as never), 'adress'],
    ['allowForward', () => allowForward({ suorce: '10.0.0.0/8' } as never), 'suorce'],
    ['dropInput', () => dropInput({ suorce: '10.0.0.0/8' } as never), 'suorce'],
  ])('%s: %#', (_, make, path) => {
    expect(make).toThrow(EncodeError)
    expect(make).toThrow(expect.objectContaining({ path: path.split('.') }))
  })
})
