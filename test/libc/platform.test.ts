import { afterEach, describe, expect, test, vi } from 'vitest'

const original = { platform: process.platform, arch: process.arch }

function pretend(values: { platform?: string; arch?: string }) {
  for (const [name, value] of Object.entries(values)) Object.defineProperty(process, name, { value })
}

describe('a platform without the Linux kernel', () => {
  afterEach(() => {
    pretend(original)
    vi.resetModules()
  })

  test('importing loads no native code', async () => {
    await import('../../src/libc/index.ts')
    const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] }
    expect(sharedObjects.filter((path) => path.includes('koffi'))).toEqual([])
  })

  test.each([
    [{ platform: 'darwin' }, 'ipts talks to the Linux kernel, and this is darwin'],
    [{ platform: 'linux', arch: 's390x' }, 'ipts needs a 64-bit little-endian machine, and this is s390x (LE)'],
  ])('the first call on %o is a clear error', async (host, message) => {
    pretend(host)
    vi.resetModules()
    const libc = await import('../../src/libc/index.ts')
    const failure = { code: 'ERR_UNSUPPORTED_PLATFORM', name: 'UnsupportedPlatformError', message }
    expect(() => libc.socket(libc.AF_NETLINK, libc.SOCK_RAW, 0)).toThrow(expect.objectContaining(failure))
    expect(() => new libc.Receiver()).toThrow(expect.objectContaining(failure))
    expect(() => libc.watchReadable(0, () => {})).toThrow(expect.objectContaining(failure))
    await expect(libc.sendAsync(0, new Uint8Array(1))).rejects.toMatchObject(failure)
    expect(libc.errnoName(2)).toBe('ENOENT')
    expect(libc.netlinkAddress(7, 1)).toEqual(Uint8Array.of(16, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0))
  })
})
