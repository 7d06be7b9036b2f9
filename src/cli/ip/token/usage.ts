/** The synopsis of `ip token`. */
export const tokenUsage = `Usage: ip token [ list | set | del | get ] [ TOKEN ] [ dev DEV ]`
