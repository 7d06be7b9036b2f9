import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { env, execPath } from 'node:process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string
  bin: { ipts: string }
  exports: Record<string, string | { types: string; default: string }>
}
const entries = Object.keys(manifest.exports)
  .filter((entry) => entry !== './package.json')
  .map((entry) => entry.replace('.', 'ipts'))

const run = promisify(execFile)
let place: string
let consumer: string

function install(directory: string, packages: string[]) {
  for (const name of packages) {
    mkdirSync(dirname(join(directory, 'node_modules', name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(directory, 'node_modules', name))
  }
}

/** Runs a module in the consumer's directory and gives the JSON that it prints. */
async function inConsumer(source: string, options: { directory?: string; flags?: string[] } = {}): Promise<unknown> {
  const { directory = consumer, flags = [] } = options
  const { stdout, stderr } = await run(execPath, [...flags, '--input-type=module', '--eval', source], {
    cwd: directory,
  })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

beforeAll(async () => {
  // scripts/test.js has built.
  if (env.IPTS_BUILT === undefined) await run(execPath, [join(root, 'scripts/build.js')])
  place = mkdtempSync(join(tmpdir(), 'ipts-package-'))
  // The preload: npm lists the machine's interfaces when it starts, which not every kernel answers.
  const preload = `--require ${JSON.stringify(join(root, '.ci/without-rtnl.cjs'))}`
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', place]
  const { stdout } = await run('npm', pack, { cwd: root, env: { ...env, NODE_OPTIONS: preload } })
  consumer = join(place, 'consumer')
  mkdirSync(join(consumer, 'node_modules/ipts'), { recursive: true })
  const tarball = join(place, stdout.trim())
  await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', join(consumer, 'node_modules/ipts')])
  install(consumer, ['koffi', '@types/node', 'undici-types'])
  writeFileSync(join(consumer, 'package.json'), '{ "type": "module" }')
}, 120_000)

afterAll(() => rmSync(place, { recursive: true, force: true }))

describe('the packed package', () => {
  test('holds the build and what a reader needs, and nothing else', async () => {
    const { stdout } = await run('find', ['-type', 'f'], { cwd: join(consumer, 'node_modules/ipts') })
    const files = stdout.trim().split('\n')
    const stray = files
      .filter((file) => !/^\.\/(dist\/.*\.(js|d\.ts)|dist\/(ipts|command|applets)\.cjs|dist\/ipts\.8)$/.test(file))
      .sort()
    expect(stray).toEqual(['./CHANGELOG.md', './LICENSE', './README.md', './package.json'])
    expect(files.filter((file) => /^\.\/dist\/(cli|tutorials)\//.test(file))).toEqual([])
  })

  test('every entry can be imported and has a declaration of what it exports', async () => {
    const names = await inConsumer(`
      const entries = {}
      for (const entry of ${JSON.stringify(entries)}) entries[entry] = Object.keys(await import(entry))
      console.log(JSON.stringify(entries))`)
    expect(names).toMatchObject({
      ipts: expect.arrayContaining(['openRoute', 'link', 'address', 'route', 'netns', 'ops', 'NetlinkError']),
      'ipts/netlink': expect.arrayContaining(['openNetlink', 'attributes', 'struct', 'DecodeError']),
      'ipts/rtnl': expect.arrayContaining(['openRoute', 'link', 'neighbour']),
      'ipts/netfilter': expect.arrayContaining(['openNetfilter', 'table', 'rule', 'conntrack', 'firewall', 'transact']),
      'ipts/netns': expect.arrayContaining(['create', 'delete', 'list', 'open', 'run', 'exec']),
      'ipts/ops': expect.arrayContaining(['plan', 'createVethPair', 'enterSandbox']),
    })
    for (const entry of Object.values(manifest.exports)) {
      if (typeof entry !== 'string') statSync(join(consumer, 'node_modules/ipts', entry.types))
    }
  })

  test('what is not in the exports map cannot be reached', async () => {
    const source = `await import('ipts/dist/libc/index.js').catch(({ code }) => console.log(JSON.stringify(code)))`
    expect(await inConsumer(source)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED')
  })

  test('entries share one copy of their classes', async () => {
    const source = `
      const [a, b] = [await import('ipts'), await import('ipts/netlink')]
      console.log(JSON.stringify(a.NetlinkError === b.NetlinkError && a.openRoute === (await import('ipts/rtnl')).openRoute))`
    expect(await inConsumer(source)).toBe(true)
  })

  test.each(['nodenext', 'bundler'])(
    'a program that uses it passes the compiler with moduleResolution %s',
    async (moduleResolution) => {
      const directory = join(consumer, moduleResolution)
      mkdirSync(directory)
      writeFileSync(
        join(directory, 'program.ts'),
        `import { groups, link, type NetlinkError, netns, openRoute, ops } from 'ipts'
         import { attributes, type Infer, u32 } from 'ipts/netlink'
         import { route } from 'ipts/rtnl'
         import { list } from 'ipts/netns'
         import { createVethPair, plan } from 'ipts/ops'

         export async function mtus(): Promise<Record<string, number>> {
           using socket = openRoute()
           const links = await socket.request(link.list())
           return Object.fromEntries(links.map(({ name, mtu }) => [name, mtu ?? 0] as [string, number]))
         }
         const table = attributes({ mtu: [4, u32] })
         export const value: Infer<typeof table> = { mtu: 1500 }
         export async function watch(signal: AbortSignal): Promise<string | undefined> {
           using socket = openRoute()
           for await (const event of socket.subscribe([groups.link, groups['ipv4-route']], { signal })) {
             if (event.event === 'resync') return event.reason
             if (event.event !== 'message') throw event.error
             if (event.name === 'RTM_NEWROUTE') return route.listed(event.value).dst
             if (event.name !== 'RTM_NEWLINK') continue
             const { linkinfo } = event.value
             if (linkinfo?.kind === 'vxlan') return linkinfo.data?.group?.toUpperCase()
             // @ts-expect-error a link has no destination
             event.value.dst
           }
           return undefined
         }
         // @ts-expect-error mtu is a number
         export const wrong: Infer<typeof table> = { mtu: 'large' }
         export const names: string[] = list()
         export const lab = plan('lab', [createVethPair({ name: 'a', peer: { name: 'b' } })])
         export const code = (error: NetlinkError): string => error.code
         export { netns, ops, route }
        `,
      )
      const compilerOptions = {
        module: moduleResolution === 'nodenext' ? 'nodenext' : 'esnext',
        moduleResolution,
        target: 'es2023',
        lib: ['es2023', 'esnext.disposable'],
        types: ['node'],
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
        skipLibCheck: false,
      }
      writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['program.ts'] }))
      const tsc = run(join(root, 'node_modules/.bin/tsc'), ['-p', directory, '--pretty', 'false'])
      const output = await tsc.then(
        () => '',
        ({ stdout }: { stdout: string }) => stdout,
      )
      expect(output).toBe('')
    },
    60_000,
  )

  test('another platform, without koffi: everything imports, the codec works, and a socket is a clear error', async () => {
    const elsewhere = join(place, 'elsewhere')
    mkdirSync(join(elsewhere, 'node_modules'), { recursive: true })
    await run('cp', ['-r', join(consumer, 'node_modules/ipts'), join(elsewhere, 'node_modules/ipts')])
    writeFileSync(
      join(elsewhere, 'darwin.cjs'),
      `Object.defineProperty(process, 'platform', { value: 'darwin' })
       process.binding = () => { throw new Error('no bindings here') }`,
    )
    const flags = ['--require', join(elsewhere, 'darwin.cjs')]
    const result = await inConsumer(
      `
      for (const entry of ${JSON.stringify(entries)}) await import(entry)
      const { link, openRoute } = await import('ipts')
      const { attributes, cstring, encodeRequest } = await import('ipts/netlink')
      const length = encodeRequest(link.add({ name: 'v0', kind: 'veth' }), 1).length
      let error
      try { openRoute() } catch (caught) { error = caught }
      console.log(JSON.stringify({ length, code: error.code, name: error.name, message: error.message }))`,
      { directory: elsewhere, flags },
    )
    expect(result).toEqual({
      length: expect.any(Number),
      code: 'ERR_UNSUPPORTED_PLATFORM',
      name: 'UnsupportedPlatformError',
      message: 'ipts talks to the Linux kernel, and this is darwin',
    })
    const ipts = join(elsewhere, 'node_modules/ipts', manifest.bin.ipts)
    await expect(run(execPath, [...flags, ipts, 'link'])).rejects.toMatchObject({
      code: expect.any(Number),
      stdout: '',
      stderr: expect.stringMatching(/^[^\n]*this is darwin\n$/),
    })
  })

  test('the command starts through the link that npm makes for it', async () => {
    const bin = join(consumer, 'node_modules/.bin')
    mkdirSync(bin, { recursive: true })
    symlinkSync(join('../ipts', manifest.bin.ipts), join(bin, 'ipts'))
    // npm makes it executable when it installs.
    chmodSync(join(bin, 'ipts'), 0o755)
    const { stdout } = await run(join(bin, 'ipts'), ['-V'])
    expect(stdout).toBe(`ip utility, iproute2-6.1.0, ipts ${manifest.version}\n`)
  })
})
