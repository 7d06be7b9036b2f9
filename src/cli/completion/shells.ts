type Script = (names: readonly string[]) => string

/** The scripts ask the program itself at each completion: it knows its tables, and which devices and namespaces there are. */
export const SHELLS: Readonly<Record<string, Script>> = {
  bash: (names) => `_ipts() {
  local IFS=$'\\n'
  COMPREPLY=($("\${COMP_WORDS[0]}" completion words "$COMP_CWORD" "\${COMP_WORDS[@]}" 2>/dev/null))
}
complete -o default -F _ipts ${names.join(' ')}
`,
  zsh: (names) => `#compdef ${names.join(' ')}
_ipts() {
  local -a candidates
  candidates=("\${(@f)$("\${words[1]}" completion words $((CURRENT - 1)) "\${words[@]}" 2>/dev/null)}")
  compadd -- \${candidates:#}
}
compdef _ipts ${names.join(' ')}
`,
  fish: (names) =>
    names
      .map(
        (name) => `function __${name}_words
  set -l words (commandline -opc)
  ${name} completion words (count $words) $words (commandline -ct) 2>/dev/null
end
complete -c ${name} -f -a '(__${name}_words)'
`,
      )
      .join(''),
}
