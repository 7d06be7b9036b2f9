/** The synopsis of `ip addrlabel`. */
export const addressLabelUsage = `Usage: ip addrlabel { add | del } prefix PREFIX [ dev DEV ] [ label LABEL ]
       ip addrlabel [ list | flush | help ]`
