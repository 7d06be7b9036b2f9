/**
 * Tunnels by the ioctls of linux/if_tunnel.h, which ip-tunnel(8) speaks: what these say of a tunnel, rtnetlink does not always.
 * Everything else is done with links of the kinds ipip, gre, sit, vti, ip6tnl, ip6gre and vti6.
 */
export { deployment, inet, inet6, potentialRouters } from './ioctl.ts'
export {
  type Ipv4Parameters,
  type Ipv6Parameters,
  ipv4Parameters,
  ipv6Parameters,
  type RapidDeployment,
  type Router,
} from './parameters.ts'
