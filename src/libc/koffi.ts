import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type * as Koffi from 'koffi'

/** The FFI, by the shortest way: koffi's own, which finds out what it runs on, takes four times as long as the rest of it. */
export function loadKoffi(): typeof Koffi {
  return prebuilt() ?? (createRequire(import.meta.url)('koffi') as typeof Koffi)
}

/** What koffi would load on glibc, where npm put it; undefined where it is elsewhere, or for another C library or koffi. */
function prebuilt(): typeof Koffi | undefined {
  const tail = `node_modules/@koromix/koffi-linux-${process.arch}/linux_${process.arch}/koffi.node`
  let directory = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(directory, tail))) {
    const parent = dirname(directory)
    if (parent === directory) return undefined
    directory = parent
  }
  const module = { exports: {} as typeof Koffi & { readonly version?: string } }
  try {
    process.dlopen(module, join(directory, tail))
  } catch {
    return undefined
  }
  return module.exports.version?.startsWith('3.') ? module.exports : undefined
}
