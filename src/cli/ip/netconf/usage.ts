/** The synopsis of `ip netconf`. */
export const netconfUsage = `Usage: ip netconf show [ dev STRING ]`
