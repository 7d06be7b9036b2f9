/**
 * The tutorials as data, and what runs them.
 * @packageDocumentation
 */
import { containerIsANamespace } from './container-is-a-namespace/index.ts'
import { containerNetworking } from './container-networking/index.ts'
import { dockerNetworkingDemystified } from './docker-networking-demystified/index.ts'
import { namespacesAndDocker } from './namespaces-and-docker/index.ts'
import type { Tutorial } from './tutorial.ts'
import { virtualNetworking } from './virtual-networking/index.ts'

export { type CheckReport, isPassed, type MistakeReport, type RunOptions, runTutorial, type StepReport } from './run.ts'
export type { Action, Check, Doing, Mistake, Step, Tutorial, Undoing, Unneeded, Verdict } from './tutorial.ts'

/** All tutorials, by the names by which they are run. */
export const tutorials: ReadonlyMap<string, Tutorial> = new Map(
  [virtualNetworking, namespacesAndDocker, containerNetworking, containerIsANamespace, dockerNetworkingDemystified].map(
    (tutorial) => [tutorial.name, tutorial],
  ),
)
