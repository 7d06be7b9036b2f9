import { networkName } from './address.ts'

/** Names of hosts by address, as far as they have been found. */
export class Hosts {
  /** While this is set, addresses are gathered for `find`. */
  collecting = false
  readonly #wanted = new Set<string>()
  readonly #names = new Map<string, string>()

  /** The name of an address, or the address where none has been found. */
  readonly name = (address: string): string => {
    if (this.collecting) this.#wanted.add(address)
    return this.#names.get(address) ?? address
  }

  /** Looks for the names of all addresses that were asked for. */
  async find(): Promise<void> {
    if (this.#wanted.size === 0) return
    const { lookupService } = await import('node:dns/promises')
    for (const address of this.#wanted) {
      try {
        const { hostname } = await lookupService(address, 0)
        this.#names.set(address, hostname)
      } catch (error) {
        // Where nobody could be asked, its network may have a name.
        const isUnknown = (error as NodeJS.ErrnoException).code === 'ENOTFOUND'
        const network = isUnknown ? undefined : networkName(address)
        if (network !== undefined) this.#names.set(address, network)
      }
    }
  }
}
