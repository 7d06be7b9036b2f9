import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MS_BIND, mount, umount } from '../../../src/libc/index.ts'
import * as netns from '../../../src/netns/index.ts'
import { runScript } from '../child.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'
import { noIpReason } from './ip.ts'

const reason = noWorldReason()
const ipReason = reason ?? noIpReason()

/** A node process that replaces itself by `sh -c SCRIPT` in namespace red. */
const exec = (script: string, more = '') =>
  runScript(`
    import * as netns from './src/netns/index.ts'
    ${more}
    netns.exec('red', ['sh', '-c', ${JSON.stringify(script)}, 'sh', 'with space', ''])
  `)

describe.skipIf(reason)(`exec${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let inode = 0
  beforeAll(() => {
    enterDisposableWorld()
    // /etc of the machine is not ours to write to.
    mkdirSync('/run/etc')
    spawnSync('sh', ['-c', 'cp -a /etc/hosts /etc/passwd /etc/group /etc/ld.so.cache /run/etc/ 2>/dev/null'])
    writeFileSync('/run/etc/resolv.conf', 'nameserver 192.0.2.1\n')
    mkdirSync('/run/etc/netns/red', { recursive: true })
    writeFileSync('/run/etc/netns/red/resolv.conf', 'nameserver 10.0.0.53\n')
    mount('/run/etc', '/etc', 'none', MS_BIND)
    inode = netns.create('red').ino
  })
  afterAll(() => {
    umount('/etc')
    netns.delete('red')
  })

  test('the program is in the namespace, with its arguments, status and output', async () => {
    expect(await exec('readlink /proc/self/ns/net; echo "$#|$1|$2|"; echo oops >&2; exit 42')).toEqual({
      status: 42,
      signal: null,
      stdout: `net:[${inode}]\n2|with space||\n`,
      stderr: 'oops\n',
    })
  })

  test('/sys shows the namespace, /etc its files, and neither changes here', async () => {
    const before = readFileSync('/proc/self/mountinfo', 'utf8')
    const result = await exec(
      'ls -I bonding_masters /sys/class/net; grep " /sys " /proc/self/mountinfo | tail -n 1; cat /etc/resolv.conf',
    )
    const [links, mountinfo, resolver] = result.stdout.split('\n')
    expect(links).toBe('lo')
    expect(mountinfo).toMatch(/ - sysfs red /)
    expect(resolver).toBe('nameserver 10.0.0.53')
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).toBe(before)
    expect(readFileSync('/etc/resolv.conf', 'utf8')).toBe('nameserver 192.0.2.1\n')
  })

  test('signals are as a shell expects them, and nothing of node is inherited', async () => {
    // Blocked signals are left as whoever started node had them, as ip leaves them: seen before and after.
    const result = await exec(
      'grep SigBlk /proc/self/status; grep SigIgn /proc/self/status; ls /proc/$$/fd',
      `import { readFileSync, writeSync } from 'node:fs'
       writeSync(1, /^SigBlk.*\\n/m.exec(readFileSync('/proc/self/status', 'utf8'))[0])`,
    )
    const [before, after, ...rest] = result.stdout.split('\n')
    expect(before).toMatch(/^SigBlk:\t[0-9a-f]{16}$/)
    expect(after).toBe(before)
    // What started the tests may itself have left descriptors open for all that follow.
    const open = spawnSync('sh', ['-c', 'ls /proc/$$/fd'], { encoding: 'utf8' }).stdout
    expect(open).toMatch(/^0\n1\n2\n/)
    expect(rest.join('\n')).toBe(`SigIgn:\t0000000000000000\n${open}`)
  })

  test('a descriptor that is to be kept is inherited', async () => {
    const result = await runScript(`
      import { openSync } from 'node:fs'
      import * as netns from './src/netns/index.ts'
      const fd = openSync('/etc/netns/red/resolv.conf', 'r')
      netns.exec('red', ['sh', '-c', 'cat /proc/self/fd/' + fd], { keep: [fd] })
    `)
    expect(result).toMatchObject({ status: 0, stdout: 'nameserver 10.0.0.53\n' })
  })

  test('standard input that node made non-blocking waits again', async () => {
    const result = await exec(
      'grep flags /proc/self/fdinfo/0; grep flags /proc/self/fdinfo/1',
      `import { fcntl, F_GETFL, F_SETFL, O_NONBLOCK } from './src/libc/index.ts'
       for (const fd of [0, 1]) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK)`,
    )
    const flags = [...result.stdout.matchAll(/flags:\s+(\d+)/g)].map(([, octal]) => Number.parseInt(octal!, 8))
    expect(flags).toHaveLength(2)
    for (const value of flags) expect(value & 0o4000).toBe(0)
  })

  test('a program that is not there, and a namespace that is not there', async () => {
    const script = (name: string, program: string) =>
      runScript(`
        import * as netns from './src/netns/index.ts'
        try {
          netns.exec(${JSON.stringify(name)}, [${JSON.stringify(program)}])
        } catch (error) {
          console.log(error.message)
          process.exit(9)
        }
      `)
    expect(await script('red', 'no-such-program')).toMatchObject({
      status: 9,
      stdout: "ENOENT: no such file or directory, execvp 'no-such-program'\n",
    })
    expect(await script('green', 'true')).toMatchObject({
      status: 9,
      stdout: "ENOENT: no such file or directory, open '/run/netns/green'\n",
    })
  })

  test('what has nothing to stand in for is told, and the program runs', async () => {
    writeFileSync('/etc/netns/red/not-in-etc', '')
    const result = await exec('echo ran')
    rmSync('/etc/netns/red/not-in-etc')
    expect(result).toMatchObject({ status: 0, stdout: 'ran\n' })
    expect(result.stderr).toBe(
      "cannot mount /etc/netns/red/not-in-etc on /etc/not-in-etc: ENOENT: no such file or directory, mount '/etc/not-in-etc'\n",
    )
    expect(existsSync('/etc/not-in-etc')).toBe(false)
  })

  test.skipIf(ipReason)(
    `the program finds what ip netns exec gives it${ipReason ? ` (skipped: ${ipReason})` : ''}`,
    async () => {
      const script =
        'readlink /proc/self/ns/net; ls /sys/class/net; cat /etc/resolv.conf; ls /proc/$$/fd; umask; pwd; ' +
        'grep -E "^(Sig(Ign|Cgt)|Cap...|NoNewPrivs)" /proc/$$/status; ' +
        // Mounts with neither ids nor the names of peer groups, which are counted up.
        "sed -E 's/^[0-9]+ [0-9]+ //; s/(shared|master|propagate_from):[0-9]+/\\1/g' /proc/self/mountinfo | sort; mount | wc -l"
      const ours = await exec(script)
      const theirs = spawnSync('ip', ['netns', 'exec', 'red', 'sh', '-c', script, 'sh', 'with space', ''], {
        encoding: 'utf8',
      })
      // The numbers of file systems that are made anew are counted up too, and sorted by.
      const stable = (text: string) =>
        text
          .replace(/^\d+:\d+ /gm, '')
          .split('\n')
          .sort()
      expect(ours.status).toBe(0)
      expect(stable(ours.stdout)).toEqual(stable(theirs.stdout))
      expect(readlinkSync('/proc/self/ns/net')).not.toBe(`net:[${inode}]`)
    },
  )
})
