/**
 * The system calls that the rest of ipts stands on, and the only folder that knows how they are made. Importing it loads
 * no native code; the first call does.
 * @packageDocumentation
 */
export { ArrivalRing } from './arrival-ring.ts'
export { attachProgram, loadProgram, type ProgramInfo, programInfo } from './bpf.ts'
export { NulByteError } from './c-string.ts'
export * from './constants.ts'
export { asSystemError, errnoMessage, errnoName, SystemError } from './errno.ts'
export { HostLookupError, hostAddress } from './host-address.ts'
export { hostName } from './host-name.ts'
export { type DirectoryChange, DirectoryWatch } from './inotify.ts'
export { InvalidValueError } from './invalid-value.ts'
export { ioctl, ioctlValue, linkIoctl } from './ioctl.ts'
export { UnsupportedPlatformError, unsupportedReason } from './library.ts'
export { mount, mountFlags, umount } from './mount.ts'
export {
  AsyncInNamespaceError,
  currentIdentity,
  type FileIdentity,
  namespaceType,
  setns,
  unshare,
  withNamespace,
  withNewNamespace,
} from './namespace.ts'
export { type Watcher, waitReadable, watchReadable } from './poll.ts'
export { dup2, execvp, fcntl, flock, setCloseOnExec, setNonBlocking, signal } from './process.ts'
export { giveReceiveBuffer, takeReceiveBuffer } from './receive-buffer.ts'
export { type ControlMessage, MessageTruncatedError, Receiver } from './receiver.ts'
export { type Received, ReceiverRow } from './receiver-row.ts'
export {
  bind,
  close,
  connect,
  getsockname,
  getsockopt,
  netlinkAddress,
  send,
  sendAsync,
  sendTo,
  setsockopt,
  socket,
} from './socket.ts'
