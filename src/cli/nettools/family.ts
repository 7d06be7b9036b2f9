/** Address families as net-tools names them, in the order in which it lists them. */
export const FAMILIES = [
  { name: 'unix', title: 'UNIX Domain' },
  { name: 'inet', title: 'DARPA Internet' },
  { name: 'inet6', title: 'IPv6' },
  { name: 'ax25', title: 'AMPR AX.25' },
  { name: 'netrom', title: 'AMPR NET/ROM' },
  { name: 'rose', title: 'AMPR ROSE' },
  { name: 'ipx', title: 'Novell IPX' },
  { name: 'ddp', title: 'Appletalk DDP' },
  { name: 'ec', title: 'Econet' },
  { name: 'ash', title: 'Ash' },
  { name: 'x25', title: 'CCITT X.25' },
] as const

export function isFamily(name: string): boolean {
  return FAMILIES.some((known) => known.name === name)
}
