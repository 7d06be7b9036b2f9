import { readFileSync } from 'node:fs'

/** The port that /etc/services has for a name or alias; undefined where it has none. The format is in services(5). */
export function servicePort(name: string, protocol: 'tcp' | 'udp'): number | undefined {
  let text: string
  try {
    text = readFileSync('/etc/services', 'latin1')
  } catch {
    return undefined
  }
  for (const line of text.split('\n')) {
    const [service, port = '', ...aliases] = line.replace(/#.*/, '').trim().split(/\s+/)
    const [number, of] = port.split('/')
    if (of === protocol && (service === name || aliases.includes(name))) return Number(number)
  }
  return undefined
}
