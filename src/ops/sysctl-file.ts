import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs'
import { asSystemError } from '../libc/index.ts'

export function readIfThere(path: string): string | undefined {
  try {
    return readValue(path)
  } catch {
    return undefined
  }
}

export function readValue(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\n$/, '')
  } catch (error) {
    throw asSystemError(error)
  }
}

export function writeValue(path: string, value: string): void {
  try {
    const fd = openSync(path, constants.O_WRONLY)
    try {
      writeSync(fd, `${value}\n`)
    } finally {
      closeSync(fd)
    }
  } catch (error) {
    throw asSystemError(error)
  }
}
