/** A file that is not a capture of netlink. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError'
  readonly code = 'ERR_NETLINK_CAPTURE'
}
