import type { TestCase } from 'vitest/node'

export declare function skipReason(test: TestCase): string
