/** What a coloured piece of text is. */
export type Colour = 'ifname' | 'mac' | 'inet' | 'inet6' | 'up' | 'down'

const CODES: Readonly<Record<Colour, number>> = { ifname: 36, mac: 33, inet: 35, inet6: 34, up: 32, down: 31 }

export type Paint = (text: string, colour: Colour | undefined) => string

export const plain: Paint = (text) => text

/** Paints with the colours of ip(8): bold ones where `dark` says that the terminal's background is dark. */
export function painter(dark: boolean): Paint {
  const intensity = dark ? '1;' : ''
  return (text, colour) => (colour === undefined ? text : `\x1b[${intensity}${CODES[colour]}m${text}\x1b[0m`)
}

/** Whether COLORFGBG, `foreground;background` or `foreground;default;background`, names a dark background. */
export function isDark(colorfgbg: string | undefined): boolean {
  return /;[0-68]$/.test(colorfgbg ?? '')
}
