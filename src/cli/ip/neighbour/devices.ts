import { link } from '../../../rtnl/index.ts'
import type { Session } from '../../session.ts'

/** Learns all devices at once: a table names many of them, and their types say how addresses are written. */
export function rememberDevices({ route, devices }: Session): void {
  for (const found of route.each(link.list())) devices.remember(found)
}
