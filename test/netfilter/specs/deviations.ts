const PAD =
  'the spec leaves NFTA_*_PAD out, and so has those after it one too low (include/uapi/linux/netfilter/nf_tables.h)'
const BIG_ENDIAN = 'network byte order (net/netfilter/nf_tables_api.c)'
const REGISTER = 'a register is a number'
const IPV4 = 'an IPv4 address, and read as one'

/** Where our tables say otherwise than the kernel's specs, by place, and why. */
export const deviations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nftables: {
    'chain-attrs.+userdata': PAD,
    'chain-attrs.flags': PAD,
    'nft-counter-attrs.+pad': 'NFTA_COUNTER_PAD, as in counter-attrs',
    'rule-attrs.+chainId': PAD,
    'rule-attrs.id': PAD,
    'rule-attrs.position-id': BIG_ENDIAN,
    'rule-attrs.chain-id': BIG_ENDIAN,
    'setelem-attrs.objref': PAD,
    'setelem-attrs.key-end': PAD,
    'setelem-attrs.+expressions': PAD,
    'expr-list-attrs.elem': `${PAD}: this is an element's key-end`,
    'expr-list-attrs.+verdict': `${PAD}: this is an element's key-end`,
    'setelem-attrs.timeout': BIG_ENDIAN,
    'setelem-attrs.expiration': BIG_ENDIAN,
    'setelem-list-attrs.set-id': BIG_ENDIAN,
    'set-attrs.id': BIG_ENDIAN,
    'set-attrs.timeout': BIG_ENDIAN,
    'set-attrs.gc-interval': BIG_ENDIAN,
    'set-attrs.expr': 'one alone; several are in expressions (nf_tables_newset)',
    'set-desc-attrs.concat': 'one nest with an element for each part of the key (nft_set_desc_concat)',
    'flowtable-hook-attrs.priority': 'priorities may be negative',
    'expr-reject-attrs.icmp-code': 'names only where the type is icmpx',
    'expr-masq-attrs.reg-proto-min': REGISTER,
    'expr-masq-attrs.reg-proto-max': REGISTER,
    'expr-payload-attrs.dreg': REGISTER,
    'expr-payload-attrs.sreg': REGISTER,
    'numgen-attrs.dreg': REGISTER,
    'range-attrs.sreg': REGISTER,
  },
  conntrack: {
    'conntrack-attrs.timestamp': 'a nest of CTA_TIMESTAMP_* (ctnetlink_dump_timestamp)',
    'counter-attrs.packets-old': 'network byte order; no kernel sends them any more',
    'counter-attrs.bytes-old': 'network byte order; no kernel sends them any more',
    'help-attrs.+info': 'CTA_HELP_INFO, for helpers in user space',
    'nat-attrs.nat-v4-minip': IPV4,
    'nat-attrs.nat-v4-maxip': IPV4,
    'nat-attrs.nat-proto': 'CTA_NAT_PROTO is 3 (include/uapi/linux/netfilter/nfnetlink_conntrack.h)',
    'tuple-ip-attrs.ip-v4-src': IPV4,
    'tuple-ip-attrs.ip-v4-dst': IPV4,
    'tuple-attrs.tuple-ip': 'CTA_FILTER holds CTA_FILTER_ORIG_FLAGS and _REPLY_FLAGS, no tuple',
    'tuple-attrs.tuple-proto': 'CTA_FILTER holds CTA_FILTER_ORIG_FLAGS and _REPLY_FLAGS, no tuple',
    'tuple-attrs.tuple-zone': 'CTA_FILTER holds CTA_FILTER_ORIG_FLAGS and _REPLY_FLAGS, no tuple',
  },
}
