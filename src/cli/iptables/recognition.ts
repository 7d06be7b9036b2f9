import { ANYWHERE, type Network } from './address.ts'
import type { Extension } from './extension.ts'
import { matchNamed } from './extensions.ts'
import type { InterfaceName } from './recognise.ts'
import type { Action, Instance, Interface, Inverted, Specification } from './specification.ts'

/** What a register holds while a rule is read. */
export type Register = { readonly mask?: Uint8Array } & (
  | { readonly is: 'meta'; readonly key: string | number }
  | {
      readonly is: 'payload'
      readonly base: string | number
      readonly offset: number
      readonly length: number
    }
  | { readonly is: 'immediate' }
)

const TCP = 6
const UDP = 17

/** A rule as far as it has been read. */
export class Recognition {
  readonly errors: string[] = []
  readonly matches: Instance[] = []
  readonly inverted = new Set<Inverted>()
  readonly interfaceName: InterfaceName
  counters: { packets: number | bigint; bytes: number | bigint } = { packets: 0, bytes: 0 }
  action: Action
  source: Network = ANYWHERE
  destination: Network = ANYWHERE
  input: Interface | undefined
  output: Interface | undefined
  protocol = 0
  fragment = false
  readonly #registers = new Map<number, Register>()
  /** The match of ports, which several expressions make up. */
  #ports: Instance | undefined

  constructor(interfaceName: InterfaceName) {
    this.interfaceName = interfaceName
  }

  load(register: number, content: Register): void {
    const room = this.#room(register)
    if (room !== undefined) this.#registers.set(room, content)
  }

  loaded(register: number): Register | undefined {
    const room = this.#room(register)
    return room === undefined ? undefined : this.#registers.get(room)
  }

  /** The registers of 16 bytes lie over four of 4 bytes each. */
  #room(register: number): number | undefined {
    if (register <= 4) return register === 0 ? 0 : 1 + (register - 1) * 4
    if (register >= 8 && register <= 23) return register - 8
    this.errors.push('Unknown register requested')
    return undefined
  }

  /** Adds a match that says this. */
  match(name: string, says: Record<string, unknown>): void {
    const extension = matchNamed(name)!
    this.matches.push({ extension, info: extension.encode(says) })
  }

  /** Changes what the match of tcp or udp says, which comes where its first condition is. */
  changePorts(change: (info: PortInfo) => void): void {
    if (this.protocol !== TCP && this.protocol !== UDP) {
      this.errors.push('unknown layer 4 protocol for TH match')
      return
    }
    const extension: Extension = matchNamed(this.protocol === TCP ? 'tcp' : 'udp')!
    const before = this.#ports
    const info = (before === undefined ? extension.initial() : extension.decode(before.info)) as unknown as PortInfo
    change(info)
    this.#ports = { extension, info: extension.encode(info as unknown as Record<string, unknown>) }
    if (before === undefined) this.matches.push(this.#ports)
    else this.matches[this.matches.indexOf(before)] = this.#ports
  }

  portRange(offset: number, range: readonly number[], not: boolean): void {
    if (this.protocol !== TCP && this.protocol !== UDP) return
    const which = offset === 0 ? 'source' : offset === 2 ? 'destination' : undefined
    if (which === undefined) return
    this.changePorts((info) => {
      info[`${which}Ports`] = range
      if (not) info.inverted = [...info.inverted, `${which}-port`]
    })
  }

  specification(): Specification {
    const { source, destination, protocol, fragment, inverted, matches, action } = this
    return {
      source,
      destination,
      input: this.input,
      output: this.output,
      protocol,
      fragment,
      inverted,
      matches,
      action,
      ...this.counters,
    }
  }
}

/** What struct xt_tcp and struct xt_udp have. */
export interface PortInfo {
  sourcePorts: readonly number[]
  destinationPorts: readonly number[]
  inverted: readonly (string | number)[]
  flags?: readonly (string | number)[]
  flagsMask?: readonly (string | number)[]
}
