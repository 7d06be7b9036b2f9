import { CommandFailure } from '../grammar/index.ts'

/** A command of bridge(8) that fails, which does not end a batch that goes on after failures; other mistakes with its status do. */
export function failed(message: string, status = 255): CommandFailure {
  return new CommandFailure(message, status, { ends: false })
}

export function noLink(name: string): CommandFailure {
  return failed(`Cannot find device "${name}"`)
}
