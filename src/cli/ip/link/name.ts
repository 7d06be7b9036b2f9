import type { link } from '../../../rtnl/index.ts'
import { hasFlag } from '../../devices.ts'
import type { Session } from '../../session.ts'

/**
 * `name@below: `, in JSON `link` and `ifname`. Returns whether the link below is known here and down.
 */
export function printName(item: link.Link, format: string, { printer, devices }: Session): boolean {
  const { name = '', link: below, linkNetnsid } = item
  const show = (under?: string) => {
    printer.field('ifname', name, format, { colour: 'ifname', as: under === undefined ? name : `${name}@${under}` })
  }
  if (below === undefined) {
    show()
    return false
  }
  if (below === 0) {
    printer.data('link', null)
    show('NONE')
    return false
  }
  if (linkNetnsid !== undefined) {
    // It is in another namespace, where the index is its own.
    printer.data('link_index', below)
    show(`if${below}`)
    return false
  }
  const under = devices.name(below)
  printer.data('link', under)
  show(under)
  const known = devices.known(below)
  return known !== undefined && !hasFlag(known, 'up')
}
