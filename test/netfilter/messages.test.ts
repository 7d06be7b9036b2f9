import { describe, expect, test } from 'vitest'
import { type NetfilterMessages, netfilterProtocol } from '../../src/netfilter/index.ts'

const kinds = ['TABLE', 'CHAIN', 'RULE', 'SET', 'SETELEM', 'OBJ', 'FLOWTABLE'] as const
const verbs = ['NEW', 'GET', 'DEL', 'DESTROY'] as const
const connections = [
  'NEW',
  'GET',
  'DELETE',
  'GET_CTRZERO',
  'GET_STATS_CPU',
  'GET_STATS',
  'GET_DYING',
  'GET_UNCONFIRMED',
] as const

const names = [
  ...kinds.flatMap((kind) => verbs.map((verb) => `NFT_MSG_${verb}${kind}` as const)),
  ...connections.map((name) => `IPCTNL_MSG_CT_${name}` as const),
  'NFT_MSG_GETRULE_RESET',
  'NFT_MSG_GETSETELEM_RESET',
  'NFT_MSG_GETOBJ_RESET',
  'NFT_MSG_NEWGEN',
  'NFT_MSG_GETGEN',
  'NFT_MSG_TRACE',
  'NFNL_MSG_BATCH_BEGIN',
  'NFNL_MSG_BATCH_END',
  'NFNL_MSG_COMPAT_GET',
] as const satisfies readonly (keyof NetfilterMessages)[]

describe('what is said about messages', () => {
  test('names each that the protocol has', () => {
    const missing: Exclude<keyof NetfilterMessages, (typeof names)[number]>[] = []
    expect(missing).toEqual([])
    expect([...netfilterProtocol.messages.values()].map(({ name }) => name).sort()).toEqual([...names].sort())
  })
})
