/** A value of libnftables-json(5). */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A part of a rule in nft's two languages: its own, nft(8), and JSON, libnftables-json(5). */
export interface Shown {
  readonly text: string
  readonly json: Json
}

export const shown = (text: string, json: Json = text): Shown => ({ text, json })

/** nft's JSON has a blank after commas and colons. */
export function jsonText(json: Json): string {
  if (json === null || typeof json !== 'object') return JSON.stringify(json)
  if (Array.isArray(json)) return `[${json.map(jsonText).join(', ')}]`
  const members = Object.entries(json).map(([name, value]) => `${JSON.stringify(name)}: ${jsonText(value)}`)
  return `{${members.join(', ')}}`
}

/** A text in quotes, as nft writes names of links and comments. */
export const quoted = (text: string): string => `"${text}"`
