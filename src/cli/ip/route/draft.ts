import type { route } from '../../../rtnl/index.ts'
import type { CommandFailure, Family } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'

/** What has been read of `ip route add` and its kin. */
export interface RouteDraft {
  readonly session: Session
  family: Family
  readonly request: { -readonly [K in keyof route.RouteInput]: route.RouteInput[K] }
  device?: string
  gatewayGiven: boolean
  destinationGiven: boolean
  /** `nexthop` was reached: what follows are next hops. */
  nexthops: boolean
  /** What the kernel would say, were the request sent. */
  refusal?: CommandFailure | undefined
}
