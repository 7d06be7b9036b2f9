import { existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { shimNames } from '../../../src/cli/shims/index.ts'
import { MS_BIND, mount } from '../../../src/libc/index.ts'
import { enterDisposableWorld } from '../world.ts'

/** Where the machine's own directories are found once others lie over them. */
const REAL = '/run/real'
/** Links to the real tools, whatever lies over their places. */
const TOOLS = join(REAL, 'bin')
const PLACES = ['/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** Directory: name in it: what that is there, a path or the text of a file. */
export type Layers = Readonly<Record<string, Readonly<Record<string, string | { readonly text: string }>>>>

/**
 * Enters a disposable world in which entries of the machine's directories are others. With `shims`, a directory, our tools are in the
 * place of the real ones, wherever those are. `/run/real/bin` has the real ones in any case.
 */
export function enterStage(layers: Layers, shims: string | undefined): void {
  enterDisposableWorld()
  const all: Record<string, Record<string, string | { readonly text: string }>> = {}
  for (const [directory, entries] of Object.entries(layers)) {
    if (existsSync(directory)) all[realpathSync(directory)] = { ...all[realpathSync(directory)], ...entries }
  }
  for (const directory of new Set(PLACES.map((place) => realpathSync(place)))) {
    const tools = shims === undefined ? [] : readdirSync(shims)
    const here = tools.filter((tool) => existsSync(join(directory, tool)))
    all[directory] = { ...all[directory], ...Object.fromEntries(here.map((tool) => [tool, join(shims!, tool)])) }
  }
  mkdirSync(TOOLS, { recursive: true })
  for (const tool of shimNames()) {
    // Past links such as /usr/sbin/ip, which would lead to a directory with ours.
    const place = PLACES.find((directory) => existsSync(join(directory, tool)))
    if (place !== undefined) symlinkSync(join(REAL, realpathSync(join(place, tool))), join(TOOLS, tool))
  }
  for (const [directory, entries] of Object.entries(all)) lay(directory, entries)
}

/** Puts a directory of links to what it holds over it, but for `entries`. */
function lay(directory: string, entries: Readonly<Record<string, string | { readonly text: string }>>): void {
  const names = readdirSync(directory)
  const real = join(REAL, directory)
  mkdirSync(real, { recursive: true })
  mount(directory, real, null, MS_BIND)
  mount('tmpfs', directory, 'tmpfs', 0, 'mode=755')
  for (const name of names) if (!(name in entries)) symlinkSync(join(real, name), join(directory, name))
  for (const [name, entry] of Object.entries(entries)) {
    if (typeof entry === 'string') symlinkSync(entry, join(directory, name))
    else writeFileSync(join(directory, name), entry.text)
  }
}
