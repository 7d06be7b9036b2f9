import type { bridge } from '../../rtnl/index.ts'
import type { Printer } from '../print/index.ts'

const USER_HZ = 100

/** Seconds and their hundredths; `width` is that of the seconds. */
export function timerText(ticks: number, width = 0): string {
  const hundredths = String(ticks % USER_HZ).padStart(2, '0')
  return `${String(Math.trunc(ticks / USER_HZ)).padStart(width)}.${hundredths}`
}

/** For how long a router is assumed behind a port, and why. */
export function printRouterPortDetails({ timer, type }: bridge.RouterPort, printer: Printer): void {
  if (timer !== undefined) printer.field('timer', timerText(timer, 4), ' %')
  if (type === undefined) return
  printer.field('type', type === 'temp-query' || type === 'temporary' ? 'temp' : 'permanent', ' %')
}
