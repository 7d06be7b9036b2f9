import type { Told } from './requester.ts'
import type { Session } from './session.ts'

/** Shows what a change brought about, for -echo, as a table of one entry. */
export function telling<Value>({ printer }: Session, print: (value: Value) => void): Told {
  return (value, deleted) => {
    printer.records(() => {
      printer.object(undefined, () => {
        if (deleted) printer.field('deleted', true, 'Deleted ')
        if (value !== undefined) print(value)
      })
    })
  }
}
