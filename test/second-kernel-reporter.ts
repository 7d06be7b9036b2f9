import { writeFileSync } from 'node:fs'
import { env } from 'node:process'
import type { Reporter, TestModule } from 'vitest/node'
import { skipReason } from '../scripts/test-summary.js'

/** A test that ran in the second kernel. */
export interface InnerTest {
  readonly title: string
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending'
  /** Why it was skipped, or what failed. */
  readonly why?: string
}

/** A test file that ran in the second kernel. */
export interface InnerFile {
  readonly file: string
  readonly errors: readonly string[]
  readonly tests: readonly InnerTest[]
}

/** Writes the results to the file IPTS_RESULTS; unlike vitest's own as JSON, with the reasons of what was skipped. */
export default class implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly { message: string }[]): void {
    const files = modules.map(
      (module): InnerFile => ({
        file: module.relativeModuleId,
        errors: module.errors().map(({ message, stack }) => stack ?? message),
        tests: [...module.children.allTests()].map((test) => {
          const result = test.result()
          const why = result.state === 'skipped' ? skipReason(test) : result.errors?.map(textOf).join('\n')
          return { title: test.fullName, state: result.state, why }
        }),
      }),
    )
    const besides = errors.map(({ message }) => message)
    writeFileSync(env.IPTS_RESULTS!, JSON.stringify({ files, besides }))
  }
}

function textOf({ message, diff, stack }: { message: string; diff?: string; stack?: string }): string {
  return [message, diff, stack?.split('\n').slice(1, 3).join('\n')].filter(Boolean).join('\n')
}
