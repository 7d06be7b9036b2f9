#!/usr/bin/env node
// Finds out whether the kernel answers rtnetlink. A task that dies while it holds the kernel's RTNL lock takes it along:
// whoever asks for it from then on (ip, npm, getaddrinfo, a new network namespace) hangs for ever and cannot be killed. So
// a child process asks, and nobody waits for it longer than five seconds. As a program: exit status 0 means it answers.
import { spawn } from 'node:child_process'
import { argv, execPath, exit, platform } from 'node:process'
import { fileURLToPath } from 'node:url'

export const deadRtnlReason = "the kernel's RTNL lock does not answer: a task died while it held it"

/** Whether the machine's interfaces can be listed, within `patience` milliseconds. */
export async function rtnlAnswers(patience = 5000) {
  if (platform !== 'linux') return true
  const child = spawn(execPath, ['-e', 'os.networkInterfaces()'], { detached: true, stdio: 'ignore' })
  let timer
  const answered = await Promise.race([
    new Promise((resolve) => child.once('exit', () => resolve(true)).once('error', () => resolve(true))),
    new Promise((resolve) => {
      timer = setTimeout(resolve, patience, false)
    }),
  ])
  clearTimeout(timer)
  if (!answered) child.kill('SIGKILL')
  child.unref()
  return answered
}

// Bundled into another program this is not the program.
if (argv[1] === fileURLToPath(import.meta.url) && argv[1].endsWith('/rtnl.js')) exit((await rtnlAnswers()) ? 0 : 1)
