export interface SecondKernelOptions {
  /** Milliseconds, boot included. */
  readonly timeout?: number
  readonly modules?: readonly string[]
  readonly writable?: readonly string[]
  readonly covered?: readonly string[]
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly memory?: string
  readonly inherit?: boolean
}

export interface SecondKernelResult {
  /** Why the command did not come to its end; then there is no status. */
  readonly error?: string
  readonly status?: number
  readonly stdout?: string
  readonly stderr?: string
  readonly bootMilliseconds?: number
  readonly missingModules?: readonly string[]
}

export function noSecondKernelReason(): string | undefined
export function runInSecondKernel(
  command: readonly string[],
  options?: SecondKernelOptions,
): Promise<SecondKernelResult>
