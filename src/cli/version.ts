import { readFileSync } from 'node:fs'

/** The package's version, from the package.json above this file, be it the source or the bundle in dist. */
export function version(): string {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const manifest = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Record<string, unknown>
      if (manifest.name === 'ipts') return String(manifest.version)
    } catch {
      // Looked for in the other place.
    }
  }
  return 'unknown'
}
