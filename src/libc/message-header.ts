import { ffi } from './library.ts'

/**
 * A `struct msghdr` and its one `struct iovec`, in C's layout on 64-bit machines (recvmsg(2)). glibc has size_t where
 * musl has an int and padding; little-endian, with the padding zero, they are the same bytes.
 */
export class MessageHeader {
  /** To be passed to sendmsg and recvmsg. */
  readonly pointer: bigint
  readonly #words = new BigUint64Array(9)
  readonly #halves = new Uint32Array(this.#words.buffer)
  // Kept so that what the kernel was pointed at is not collected.
  #bytes: Uint8Array | undefined
  #address: Uint8Array | undefined
  #control: Uint8Array | undefined

  constructor() {
    this.pointer = ffi().address(this.#words)
    this.#words[2] = this.pointer + 56n
    this.#words[3] = 1n
  }

  /** What is sent, or where the message goes. */
  set bytes(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#words[7] = ffi().address(bytes)
    this.#halves[16] = bytes.length
  }

  get bytes(): Uint8Array | undefined {
    return this.#bytes
  }

  set address(bytes: Uint8Array) {
    this.#address = bytes
    this.#words[0] = ffi().address(bytes)
    this.#halves[2] = bytes.length
  }

  set control(bytes: Uint8Array) {
    this.#control = bytes
    this.#words[4] = ffi().address(bytes)
    this.#halves[10] = bytes.length
  }

  /** recvmsg overwrites both lengths with what it stored: to be called before each. */
  resetLengths(): void {
    this.#halves[2] = this.#address?.length ?? 0
    this.#halves[10] = this.#control?.length ?? 0
  }

  get addressLength(): number {
    return this.#halves[2]!
  }

  get controlLength(): number {
    return this.#halves[10]!
  }

  get flags(): number {
    return this.#halves[12]!
  }
}
