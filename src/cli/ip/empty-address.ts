import { CommandFailure } from '../grammar/index.ts'

/** The kernel's answer to an address without bytes, as `any` is one; it is not even sent. `text` is what the kernel says. */
export function emptyAddress(text = 'Attribute failed policy validation.'): CommandFailure {
  return new CommandFailure(`Error: ${text}`, 2)
}
