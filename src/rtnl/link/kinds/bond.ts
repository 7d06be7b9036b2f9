import { attributes, bool8, enumeration, ipv4, ipv6, list, lladdr, u8, u16, u32 } from '../../../netlink/index.ts'

/** IFLA_BOND_AD_INFO_*: the active aggregator, IEEE 802.3ad. */
const adInfo = attributes({
  aggregator: [1, u16],
  numPorts: [2, u16],
  actorKey: [3, u16],
  partnerKey: [4, u16],
  partnerMac: [5, lladdr],
})

/**
 * Several links as one (IFLA_BOND_*; values by the words of the kernel's bonding documentation). Intervals and delays are
 * milliseconds, `activeSlave` and `primary` indexes of links.
 */
export const bond = attributes({
  mode: [
    1,
    enumeration(u8, {
      'balance-rr': 0,
      'active-backup': 1,
      'balance-xor': 2,
      broadcast: 3,
      '802.3ad': 4,
      'balance-tlb': 5,
      'balance-alb': 6,
    }),
  ],
  activeSlave: [2, u32],
  miimon: [3, u32],
  updelay: [4, u32],
  downdelay: [5, u32],
  useCarrier: [6, bool8],
  arpInterval: [7, u32],
  arpIpTarget: [8, list(ipv4, { first: 0 })],
  arpValidate: [
    9,
    enumeration(u32, { none: 0, active: 1, backup: 2, all: 3, filter: 4, filter_active: 5, filter_backup: 6 }),
  ],
  arpAllTargets: [10, enumeration(u32, { any: 0, all: 1 })],
  primary: [11, u32],
  primaryReselect: [12, enumeration(u8, { always: 0, better: 1, failure: 2 })],
  failOverMac: [13, enumeration(u8, { none: 0, active: 1, follow: 2 })],
  xmitHashPolicy: [
    14,
    enumeration(u8, { layer2: 0, 'layer3+4': 1, 'layer2+3': 2, 'encap2+3': 3, 'encap3+4': 4, 'vlan+srcmac': 5 }),
  ],
  resendIgmp: [15, u32],
  numPeerNotif: [16, u8],
  allSlavesActive: [17, bool8],
  minLinks: [18, u32],
  lpInterval: [19, u32],
  packetsPerSlave: [20, u32],
  adLacpRate: [21, enumeration(u8, { slow: 0, fast: 1 })],
  adSelect: [22, enumeration(u8, { stable: 0, bandwidth: 1, count: 2 })],
  adInfo: [23, adInfo],
  adActorSysPrio: [24, u16],
  adUserPortKey: [25, u16],
  adActorSystem: [26, lladdr],
  tlbDynamicLb: [27, bool8],
  peerNotifDelay: [28, u32],
  adLacpActive: [29, bool8],
  missedMax: [30, u8],
  nsIp6Target: [31, list(ipv6, { first: 0 })],
  coupledControl: [32, bool8],
  broadcastNeigh: [33, bool8],
})
