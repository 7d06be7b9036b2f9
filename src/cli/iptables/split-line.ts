/**
 * Takes a line of a file apart as iptables-restore does: words with spaces between them. In double quotes a space does not count, and
 * a backslash takes the next character as it is; a closing quote ends the word.
 */
export function splitLine(line: string): string[] {
  const words: string[] = []
  let word = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!
    if (quoted && c === '\\') word += line[++i] ?? ''
    else if (c === '"' && !quoted) quoted = true
    else if (c === '"' || (!quoted && (c === ' ' || c === '\t'))) {
      if (c === '"' || word !== '') words.push(word)
      quoted = false
      word = ''
    } else word += c
  }
  // The line's end belongs to what is quoted.
  if (quoted) word += '\n'
  if (word !== '') words.push(word)
  return words
}
