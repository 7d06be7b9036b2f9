import { closeSync, fstatSync, openSync } from 'node:fs'
import { currentIdentity, withNamespace } from '../libc/index.ts'
import { Conversation } from './async.ts'
import { Channel, type ChannelOptions } from './channel.ts'
import { SocketClosedError } from './error.ts'

/** The descriptors of a socket, all in the network namespace that it was opened in. */
export class Channels {
  /** For synchronous calls. */
  readonly first: Channel
  readonly #options: ChannelOptions
  /** The namespace that later ones are opened in, too. */
  readonly #namespace: number
  readonly #lent = new Set<Channel>()
  #conversation: Conversation | undefined
  #idle: Channel | undefined
  #closed = false

  /** `netns` is a descriptor; without it, the calling thread's own namespace. Throws SystemError. */
  constructor(options: ChannelOptions, netns: number | undefined) {
    this.#options = options
    const open = () => {
      const namespace = openSync('/proc/thread-self/ns/net', 'r')
      try {
        return { namespace, first: new Channel(options) }
      } catch (error) {
        closeSync(namespace)
        throw error
      }
    }
    const { namespace, first } = netns === undefined ? open() : withNamespace(netns, open)
    this.#namespace = namespace
    this.first = first
  }

  get closed(): boolean {
    return this.#closed
  }

  /** For asynchronous calls. */
  get conversation(): Conversation {
    this.check()
    this.#conversation ??= new Conversation(this.open())
    return this.#conversation
  }

  /** Throws SocketClosedError, SystemError. */
  open(options: Partial<ChannelOptions> = {}): Channel {
    this.check()
    const opened = () => new Channel({ ...this.#options, ...options })
    const home = currentIdentity()
    const there = fstatSync(this.#namespace)
    // A thread that stayed at home needs no privilege to open another socket.
    return home.ino === there.ino && home.dev === there.dev ? opened() : withNamespace(this.#namespace, opened)
  }

  /** One for a dump that is taken part by part. */
  borrow(): Channel {
    this.check()
    const channel = this.#idle ?? this.open()
    this.#idle = undefined
    this.#lent.add(channel)
    return channel
  }

  /** A channel whose dump was left half-way still has the rest of it to give: it is not used again. */
  giveBack(channel: Channel, complete: boolean): void {
    this.#lent.delete(channel)
    if (complete && !this.#closed && this.#idle === undefined) this.#idle = channel
    else channel.close()
  }

  /** Throws SocketClosedError. */
  check(): void {
    if (this.#closed) throw new SocketClosedError()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.first.close()
    this.#conversation?.close()
    this.#idle?.close()
    for (const channel of this.#lent) channel.close()
    closeSync(this.#namespace)
  }
}
