/** Text as troff prints it, whatever is in it: a hyphen stays one, and no line is taken for a request. */
export function roff(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/gm, '\\&$&')
}

export const section = (title: string, ...body: readonly string[]) => `.SH ${roff(title)}\n${body.join('')}`
export const subsection = (title: string, ...body: readonly string[]) => `.SS "${roff(title)}"\n${body.join('')}`
export const paragraph = (text: string) => `.PP\n${roff(text)}\n`
export const bold = (text: string) => `\\fB${roff(text)}\\fR`
export const italic = (text: string) => `\\fI${roff(text)}\\fR`
/** What is described, made of the above, and its description. */
export const entry = (head: string, text: string) => `.TP\n${head}\n${text}\n`
export const code = (text: string) => `.PP\n.nf\n.RS\n${roff(text)}\n.RE\n.fi\n`
