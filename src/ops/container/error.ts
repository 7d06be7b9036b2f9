/** Things are such that a container cannot be connected; nothing was done. */
export class ContainerError extends Error {
  override readonly name = 'ContainerError'
  readonly code:
    | 'ERR_CONTAINER_EXISTS'
    | 'ERR_PORT_PUBLISHED'
    | 'ERR_NOT_A_NETWORK'
    | 'ERR_NETWORK_FULL'
    | 'ERR_OTHER_SUBNET'
    | 'ERR_SUBNET_TAKEN'

  constructor(code: ContainerError['code'], message: string) {
    super(message)
    this.code = code
  }
}
