/** A program within the program: it reads its own words and gives its own exit status. */
export interface Applet {
  readonly name: string
  /** It does a part of what the tool does, so that a shim of it is made only where it is asked for by name. */
  readonly partial?: boolean
  load(): Promise<{ main(argv: readonly string[], name: string): Promise<number> }>
}

/** What ipts has beyond ip(8), as `ipts NAME`: written in full only, so that no abbreviation of an object is taken away. */
export const COMMANDS: readonly Applet[] = [
  { name: 'tutorial', load: () => import('./tutorial/index.ts') },
  { name: 'completion', load: () => import('./completion/index.ts') },
  { name: 'manual', load: () => import('./manual/index.ts') },
  { name: 'decode', load: () => import('./decode/index.ts') },
  { name: 'sandbox', load: () => import('./sandbox/index.ts') },
  { name: 'shims', load: () => import('./shims/index.ts') },
  { name: 'topology', load: () => import('./topology/index.ts') },
  { name: 'run', load: () => import('./container/run.ts') },
  { name: 'ps', load: () => import('./container/ps.ts') },
  { name: 'rm', load: () => import('./container/rm.ts') },
]

/**
 * The tools that ipts stands for: by the name it is called under, or as `ipts NAME` where that is no object of ip(8), as
 * `route` is.
 */
export const TOOLS: readonly Applet[] = [
  { name: 'bridge', load: () => import('./bridge/index.ts') },
  { name: 'iptables', load: () => import('./iptables/index.ts') },
  { name: 'iptables-save', load: () => import('./iptables/index.ts') },
  { name: 'iptables-restore', load: () => import('./iptables/index.ts') },
  { name: 'iptables-nft', load: () => import('./iptables/index.ts') },
  { name: 'iptables-nft-save', load: () => import('./iptables/index.ts') },
  { name: 'iptables-nft-restore', load: () => import('./iptables/index.ts') },
  { name: 'arp', load: () => import('./arp/index.ts') },
  { name: 'brctl', load: () => import('./brctl/index.ts') },
  { name: 'ifconfig', load: () => import('./ifconfig/index.ts') },
  { name: 'nft', partial: true, load: () => import('./nft/index.ts') },
  { name: 'ping', load: () => import('./ping/index.ts') },
  { name: 'route', load: () => import('./route/index.ts') },
  { name: 'sysctl', load: () => import('./sysctl/index.ts') },
]

/** The tool of this name; undefined for ipts and for `ip`. */
export function toolCalled(name: string): Applet | undefined {
  return TOOLS.find((tool) => tool.name === name)
}

/** What `ipts NAME` is, where NAME is no object of ip(8). */
export function appletNamed(name: string): Applet | undefined {
  return [...COMMANDS, ...TOOLS].find((applet) => applet.name === name)
}

/** Runs an applet and gives its exit status; what it throws is reported. */
export async function runApplet(applet: Applet, argv: readonly string[]): Promise<number> {
  try {
    const { main } = await applet.load()
    return await main(argv, applet.name)
  } catch (error) {
    const { report } = await import('./report.ts')
    return report(error)
  }
}
