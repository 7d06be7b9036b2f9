import { statSync, unlinkSync } from 'node:fs'
import {
  asSystemError,
  currentIdentity,
  type FileIdentity,
  MNT_DETACH,
  SystemError,
  UMOUNT_NOFOLLOW,
  umount,
} from '../libc/index.ts'
import { pathOf } from './name.ts'

/** The namespace to be deleted is the one that the caller is in. */
export class OwnNamespaceError extends Error {
  readonly code = 'ERR_OWN_NETNS'
  override readonly name = 'OwnNamespaceError'

  constructor(netns: string) {
    super(`network namespace ${JSON.stringify(netns)} is the one that this process is in`)
  }
}

/** The name now belongs to another namespace than the one that was meant. */
export class NamespaceReplacedError extends Error {
  readonly code = 'ERR_NETNS_REPLACED'
  override readonly name = 'NamespaceReplacedError'

  constructor(netns: string) {
    super(`the name ${JSON.stringify(netns)} now belongs to another network namespace`)
  }
}

/**
 * Deletes a name, as `ip netns delete` does. The namespace ends with the last process, descriptor or mount that holds
 * it; what a deleted one leaves behind, a plain file, is deleted too.
 * @param options.only deletes the name only if it still stands for this namespace (as `create` returned it)
 * @param options.own allows the namespace that the caller is in, as iproute2 does
 * @throws InvalidNamespaceNameError, OwnNamespaceError, NamespaceReplacedError
 * @throws SystemError 'ENOENT' when there is none of that name
 */
export function remove(name: string, options: { only?: FileIdentity; own?: boolean } = {}): void {
  const path = pathOf(name)
  const found = statSync(path, { throwIfNoEntry: false })
  if (options.only && found && !same(found, options.only)) throw new NamespaceReplacedError(name)
  if (!options.own && found && same(found, currentIdentity())) throw new OwnNamespaceError(name)
  try {
    umount(path, MNT_DETACH | UMOUNT_NOFOLLOW)
  } catch (error) {
    // Not a mount, or not there: it is unlink that decides.
    if (!(error instanceof SystemError)) throw error
  }
  try {
    unlinkSync(path)
  } catch (error) {
    throw asSystemError(error)
  }
}

function same(a: FileIdentity, b: FileIdentity): boolean {
  return a.dev === b.dev && a.ino === b.ino
}
