import type { Op } from './op.ts'
import { type SysctlOptions, setSysctl } from './sysctl.ts'

export interface ForwardingOptions extends SysctlOptions {
  /** IPv4 unless told. */
  readonly family?: 'inet' | 'inet6'
}

/**
 * Makes a host a router: packets that are not for itself are passed on (ip_forward of ip-sysctl.rst). Undone, it is what it was, and so
 * are the parameters that the kernel changes along with it.
 */
export function enableForwarding({ family = 'inet', netns }: ForwardingOptions = {}): Op<ReadonlyMap<string, string>> {
  return setSysctl(family === 'inet' ? 'net.ipv4.ip_forward' : 'net.ipv6.conf.all.forwarding', 1, { netns })
}
