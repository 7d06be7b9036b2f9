import type { Hardware } from '../nettools/index.ts'

export interface ArpOptions {
  /** Hosts that match are all shown, in sentences. */
  readonly all: boolean
  /** As a table. */
  readonly table: boolean
  readonly numeric: boolean
  readonly verbose: boolean
  /** The hardware address is that of the device which stands in its place. */
  readonly useDevice: boolean
  readonly device: string | undefined
  /** Undefined where it is not asked for. */
  readonly hardware: Hardware | undefined
}
