import { type link, route } from '../../../rtnl/index.ts'
import type { Devices } from '../../devices.ts'

/** The table that a VRF looks routes up in; 0 where a link is none. */
export function tableOf(item: link.Link | undefined): number {
  return item?.linkinfo?.kind === 'vrf' ? (item.linkinfo.data?.table ?? 0) : 0
}

/** The same of a VRF by its name. Where no link is called "default", that is what is outside of all VRFs. */
export function tableNamed(devices: Devices, name: string): number {
  const index = devices.index(name)
  return index === 0 && name === 'default' ? route.TABLES.main : tableOf(devices.known(index))
}
