/** The synopsis of `ip maddress`. */
export const maddressUsage = `Usage: ip maddr [ add | del ] MULTIADDR dev STRING
       ip maddr show [ dev STRING ]`
