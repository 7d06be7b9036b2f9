import { execFileSync, spawnSync } from 'node:child_process'
import { createServer, type Server } from 'node:net'
import {
  addAddress,
  addRoute,
  connectTcp,
  createNetns,
  createVethPair,
  enableForwarding,
  listen,
  type NetnsTarget,
  plan,
  setUp,
} from '../../../src/ops/index.ts'
import { noNatReason } from './kernel.ts'

/** Why a suite that judges by these programs cannot run. */
export function withoutReason(...programs: readonly string[]): string | undefined {
  const missing = programs.filter((program) => spawnSync(program, ['--version']).error)
  return (
    noNatReason() ?? (missing.length === 0 ? undefined : `${missing.join(', ')} of the reference tools are not here`)
  )
}

export function output(program: string, ...words: readonly string[]): string {
  return execFileSync(program, words, { encoding: 'utf8' })
}

/** nft's words, in one argument. */
export function nft(commands: string): string {
  return execFileSync('nft', ['-f', '-'], { encoding: 'utf8', input: commands })
}

/**
 * This world becomes a router, with a client behind it and a server before it that has no way back:
 * client 192.168.15.1 - 192.168.15.5 router 10.2.0.1 - 10.2.0.2 server.
 */
export async function becomeRouter(): Promise<void> {
  await plan('a router', [
    setUp({ link: 'lo' }),
    createNetns('client'),
    createNetns('server'),
    createVethPair({ name: 'inner', peer: { name: 'eth0', netns: 'client' } }),
    createVethPair({ name: 'outer', peer: { name: 'eth0', netns: 'server' } }),
    addAddress({ link: 'inner', address: '192.168.15.5/24' }),
    addAddress({ link: 'outer', address: '10.2.0.1/24' }),
    addAddress({ link: 'eth0', netns: 'client', address: '192.168.15.1/24' }),
    addAddress({ link: 'eth0', netns: 'server', address: '10.2.0.2/24' }),
    setUp({ link: 'inner' }),
    setUp({ link: 'outer' }),
    setUp({ link: 'eth0', netns: 'client' }),
    setUp({ link: 'eth0', netns: 'server' }),
    setUp({ link: 'lo', netns: 'client' }),
    addRoute({ netns: 'client', dst: 'default', via: '192.168.15.5' }),
    enableForwarding(),
  ]).do()
}

/** A server that tells each client its address. */
export async function teller(port: number, netns?: NetnsTarget): Promise<Server> {
  const server = createServer((client) => client.end(`${client.remoteAddress?.replace('::ffff:', '')}`))
  await listen(server, netns === undefined ? { port } : { netns, port })
  return server
}

/** What a client of a teller is told, or why it is not. */
export async function told(host: string, port: number, netns?: NetnsTarget, timeout = 5000): Promise<string> {
  try {
    const client = await connectTcp(netns === undefined ? { host, port, timeout } : { netns, host, port, timeout })
    let text = ''
    for await (const part of client) text += part
    return text
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error)
  }
}

/** `told` for one that is not to get through: it does not wait for long. */
export function untold(host: string, port: number, netns: NetnsTarget): Promise<string> {
  return told(host, port, netns, 300)
}
