// The end of a test run as vitest's reporter: why tests were skipped, each reason once, and how many passed, failed and
// were skipped, in one line that is always the last.

/** The reason that a test gave, or that its title or that of a suite around it holds: `… (skipped: REASON)`. */
export function skipReason(test) {
  const note = test.result().note
  if (note) return note
  for (let task = test; task.type !== 'module'; task = task.parent) {
    const reason = /\(skipped: (.+?)\)(?: > |$)/.exec(task.name)?.[1]
    if (reason) return reason
  }
  return 'no reason given'
}

export default class TestSummary {
  onTestRunEnd(modules, unhandledErrors) {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 }
    const reasons = new Map()
    for (const module of modules) {
      count.failed += module.errors().length
      for (const suite of module.children.allSuites()) count.failed += suite.errors().length
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        count[state]++
        if (state === 'skipped') reasons.set(skipReason(test), (reasons.get(skipReason(test)) ?? 0) + 1)
      }
    }
    // A test that never ran is no test that was skipped.
    count.failed += count.pending
    if (reasons.size > 0) console.log('\nSkipped:')
    for (const [reason, times] of [...reasons].sort(([, a], [, b]) => b - a)) console.log(`  ${times} tests: ${reason}`)
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
    console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`)
    if (count.failed > 0 || count.passed === 0) process.exitCode = 1
  }
}
