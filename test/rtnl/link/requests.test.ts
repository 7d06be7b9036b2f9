import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EncodeError, encodeRequest, type Request, toHex } from '../../../src/netlink/index.ts'
import * as link from '../../../src/rtnl/link/index.ts'
import { decode, encode, plainCopy, sentBy } from '../../fixtures.ts'

const NLM_F_REQUEST = 1
const NLM_F_ACK = 4
const NLM_F_DUMP = 0x300

/** What the request says when it arrives. */
function arriving(request: Request<unknown>) {
  const { type, flags, payload } = sentBy(request)
  const { family, type: hardware, index, flags: on, change, ...attributes } = decode(link.linkMessage, payload)
  expect(hardware).toBe('netrom')
  return { type, flags, header: { family, index, on, change }, attributes: plainCopy(attributes) }
}

describe('a link request', () => {
  test('is these bytes', () => {
    const request = link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'v1' } } })
    expect(toHex(encodeRequest(request, 7))).toBe(
      [
        ['54000000', '1000', '0506', '07000000', '00000000'],
        ['00000000', '00000000', '00000000', '00000000'],
        ['0700', '0300', '76300000'],
        ['2c00', '1200', '0800', '0100', '76657468', '2000', '0200', '1c00', '0100'],
        ['00000000', '00000000', '00000000', '00000000', '0700', '0300', '76310000'],
      ]
        .flat()
        .join(''),
    )
  })

  test('adds with CREATE and EXCL, replaces with CREATE and REPLACE, sets with neither', () => {
    expect(link.add({ name: 'x' }).flags).toBe(0x605)
    expect(link.replace({ name: 'x' }).flags).toBe(0x505)
    expect(link.set({ name: 'x' }).flags).toBe(0x005)
    expect(link.change({ name: 'x' }).flags).toBe(0x005)
    expect(link.delete('x').flags).toBe(0x005)
  })

  test('sends nothing that was not given', () => {
    expect(arriving(link.add({ name: 'x', kind: undefined, mtu: undefined, up: undefined }))).toEqual({
      type: link.RTM_NEWLINK,
      flags: 0x605,
      header: { family: 'unspec', index: 0, on: [], change: [] },
      attributes: { name: 'x' },
    })
  })

  test('says in words what it does', () => {
    expect(link.add({ name: 'v0', kind: 'veth' }).operation).toBe('add link v0')
    expect(link.add({ kind: 'veth' }).operation).toBe('add link veth')
    expect(link.set({ index: 5, mtu: 1400 }).operation).toBe('set link with index 5')
    expect(link.set({ index: 5, name: 'new' }).operation).toBe('set link with index 5')
    expect(link.delete('v0').operation).toBe('delete link v0')
    expect(link.delete({ group: 3 }).operation).toBe('delete link of group 3')
    expect(link.get('v0').operation).toBe('get link v0')
    expect(link.addAltName('v0', 'a', 'b').operation).toBe('add alternative name a, b of link v0')
  })

  test('turns up and flags into flags and change', () => {
    const header = (settings: link.LinkSettings) => {
      const { on, change } = arriving(link.set({ index: 1, ...settings } as link.LinkSettings)).header
      return [on, change]
    }
    expect(header({ up: true })).toEqual([['up'], ['up']])
    expect(header({ up: false })).toEqual([[], ['up']])
    expect(header({ flags: ['promisc'] })).toEqual([['promisc'], ['promisc']])
    expect(header({ flags: { promisc: true, 'no-arp': false } })).toEqual([['promisc'], ['no-arp', 'promisc']])
    expect(header({ flags: { promisc: true }, up: false })).toEqual([['promisc'], ['up', 'promisc']])
    expect(header({ flags: ['up'], change: ['up', 'promisc'] })).toEqual([['up'], ['up', 'promisc']])
    expect(header({ flags: 0x1000 })).toEqual([['multicast'], ['multicast']])
    expect(header({ mtu: 1400 })).toEqual([[], []])
  })

  test('names a link by index, name, or alternative name where it is long or that is asked for', () => {
    const long = 'a-name-longer-than-fifteen-bytes'
    expect(arriving(link.get(5))).toMatchObject({ header: { index: 5 }, attributes: { extMask: ['skip-stats'] } })
    expect(arriving(link.get('v0')).attributes).toEqual({ name: 'v0', extMask: ['skip-stats'] })
    expect(arriving(link.get(long)).attributes).toEqual({ altName: long, extMask: ['skip-stats'] })
    expect(arriving(link.get({ altName: 'v0' })).attributes).toEqual({ altName: 'v0', extMask: ['skip-stats'] })
    expect(arriving(link.delete({ name: long })).attributes).toEqual({ altName: long })
    expect(arriving(link.set({ name: long, mtu: 1400 })).attributes).toEqual({ altName: long, mtu: 1400 })
    expect(arriving(link.set({ altName: 'v0', name: 'v1' })).attributes).toEqual({ altName: 'v0', name: 'v1' })
    expect(arriving(link.set({ index: 3, name: 'v1' }))).toMatchObject({
      header: { index: 3 },
      attributes: { name: 'v1' },
    })
  })

  test('asks for counters and virtual functions only when told', () => {
    expect(arriving(link.get('v0', { stats: true })).attributes).toEqual({ name: 'v0' })
    expect(arriving(link.get('v0', { extMask: ['vf'] })).attributes).toEqual({ name: 'v0', extMask: ['vf'] })
    expect(arriving(link.list()).attributes).toEqual({ extMask: ['skip-stats'] })
    expect(arriving(link.list({ stats: true })).attributes).toEqual({})
  })

  test('is told apart: a question is not acknowledged, a list is a dump', () => {
    expect(link.get(1)).toMatchObject({ type: link.RTM_GETLINK, flags: NLM_F_REQUEST, answer: { is: 'reply' } })
    expect(link.list()).toMatchObject({
      type: link.RTM_GETLINK,
      flags: NLM_F_REQUEST | NLM_F_DUMP,
      answer: { is: 'dump' },
    })
    expect(link.add({ name: 'x' })).toMatchObject({
      flags: expect.any(Number),
      answer: { is: 'acknowledgement' },
    })
    expect(link.add({ name: 'x' }).flags & NLM_F_ACK).toBe(NLM_F_ACK)
  })

  test('changes one setting of IPv4 by its number, and says all as they are said', () => {
    const nest = arriving(link.set({ index: 1, afSpec: { inet: { conf: { forwarding: 1, rpFilter: 2 } } } }))
    expect(toHex(encode(link.linkMessage, nest.attributes)).slice(32)).toBe(
      '1c001a00' + '18000200' + '14000100' + '0800010001000000' + '0800080002000000',
    )
    expect(link.IPV4_DEVCONF.rpFilter).toBe(8)
  })
})

describe('a list of links', () => {
  const links = (filter: link.LinkFilter, ...found: readonly link.LinkInput[]) => {
    const { codec, pick } = link.list(filter).answer.item
    return found
      .map((one) => decode(codec, encode(link.linkMessage, one)))
      .map((one) => pick(one as never, link.RTM_NEWLINK))
      .filter((one) => one !== undefined)
      .map((one) => (one as link.Link).index)
  }
  const some = [
    { index: 1 },
    { index: 2, linkinfo: { kind: 'veth' as const } },
    { index: 3, linkinfo: { kind: 'bridge' as const } },
    { index: 4, linkinfo: { kind: 'veth' as const }, master: 3 },
  ]

  test('is filtered by the kernel', () => {
    expect(arriving(link.list({ kind: 'veth', master: 3 })).attributes).toEqual({
      master: 3,
      linkinfo: { kind: 'veth' },
      extMask: ['skip-stats'],
    })
    expect(arriving(link.list({ targetNetnsid: 4, stats: true })).attributes).toEqual({ targetNetnsid: 4 })
  })

  test('and here, where the kernel would not', () => {
    expect(links({}, ...some)).toEqual([1, 2, 3, 4])
    expect(links({ kind: 'veth' }, ...some)).toEqual([2, 4])
    expect(links({ kind: 'unheard-of' }, ...some)).toEqual([])
    expect(links({ master: 3 }, ...some)).toEqual([4])
    expect(links({ master: 0 }, ...some)).toEqual([1, 2, 3])
    expect(arriving(link.list({ master: 0, stats: true })).attributes).toEqual({})
  })

  test('asks families with handlers of their own nothing that they refuse', () => {
    expect(arriving(link.list({ family: 'inet6', kind: 'veth' }))).toMatchObject({
      header: { family: 'inet6' },
      attributes: {},
    })
    expect(arriving(link.list({ family: 'bridge', extMask: ['brvlan-compressed'] }))).toMatchObject({
      header: { family: 'bridge' },
      attributes: { extMask: ['brvlan-compressed'] },
    })
    expect(arriving(link.list({ family: 7, master: 3 })).attributes).toEqual({})
  })

  test('leaves out messages that are no links', () => {
    const { pick } = link.list().answer.item
    expect(pick({ index: 1 } as never, link.RTM_DELLINK)).toBeUndefined()
  })
})

describe('bad input is refused at once, saying what and where', () => {
  const refusals: [string, () => unknown, string][] = [
    ['an empty name', () => link.add({ name: '' }), 'name: a link name cannot be "": it is empty'],
    ['sixteen bytes', () => link.add({ name: '0123456789abcdef' }), 'it is 16 bytes long, at most 15 fit'],
    ['sixteen bytes of UTF-8', () => link.add({ name: 'éééééééé' }), 'it is 16 bytes long'],
    ['a slash', () => link.add({ name: 'a/b' }), 'it has a slash'],
    ['a colon', () => link.add({ name: 'eth0:1' }), 'it has a colon'],
    ['a space', () => link.add({ name: 'a b' }), 'it has white space'],
    ['a vertical tab', () => link.add({ name: 'a\vb' }), 'it has white space'],
    ['a byte that the kernel takes for space', () => link.add({ name: 'à' }), 'it has white space'],
    ['a NUL byte', () => link.add({ name: 'a\0b' }), 'it has a NUL byte'],
    ['the directory', () => link.add({ name: '.' }), 'it is reserved'],
    ['the directory above', () => link.add({ name: '..' }), 'it is reserved'],
    ['no string', () => link.add({ name: 5 as never }), 'it is not a string'],
    [
      'a peer',
      () => link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'a/b' } } }),
      'linkinfo.data.peer.name: a link name cannot be "a/b"',
    ],
    [
      'the other end of a netkit',
      () => link.add({ name: 'n0', kind: 'netkit', data: { peerInfo: { name: '' } } }),
      'linkinfo.data.peerInfo.name:',
    ],
    ['a new name', () => link.set({ index: 1, name: 'a b' }), 'name: '],
    ['a name to find', () => link.get('a/b'), 'name: a link name cannot be "a/b"'],
    ['a long name to find', () => link.get(`${'a'.repeat(20)} b`), 'name: an alternative link name cannot be'],
    ['an index of 0', () => link.get(0), 'index: expected the index of a link, got 0'],
    ['a fraction', () => link.delete({ index: 1.5 }), 'index: '],
    ['no link', () => link.set({ mtu: 1400 }), 'which link is not said'],
    ['nothing', () => link.delete(undefined as never), 'which link is not said'],
    ['no settings', () => link.add(undefined as never), 'expected the settings of a link'],
    ['data of no kind', () => link.add({ name: 'x', data: new Uint8Array(0) }), 'data: data without a kind'],
    [
      'a kind said twice',
      () => link.add({ name: 'x', kind: 'dummy', linkinfo: { kind: 'dummy' } }),
      'linkinfo: given twice',
    ],
    ['an unknown flag', () => link.set({ index: 1, flags: ['upp' as never] }), 'flags: expected some of up,'],
    ['up in words', () => link.set({ index: 1, up: 'yes' as never }), 'up: expected true or false'],
    ['no alternative name', () => link.addAltName(1), 'propList.altName: no name is given'],
    ['a bad alternative name', () => link.addAltName(1, 'ok', 'a b'), 'propList.altName.1: '],
    ['a long alternative name', () => link.addAltName(1, 'a'.repeat(128)), 'it is 128 bytes long, at most 127 fit'],
  ]

  test.each(refusals)('%s', (_, make, message) => {
    expect(make).toThrow(EncodeError)
    expect(make).toThrow(message)
  })

  test('an attribute out of range is refused before anything is written', () => {
    const bad = link.add({ name: 'vx0', kind: 'vxlan', data: { id: 42, port: 70000 } })
    expect(() => encodeRequest(bad)).toThrow('linkinfo.data.port: expected u16be')
    const typo = link.add({ name: 'vx0', kind: 'vxlan', data: { idd: 42 } as never })
    expect(() => encodeRequest(typo)).toThrow('linkinfo.data.idd: unknown attribute')
  })

  test('names that the kernel takes are taken', () => {
    for (const name of ['a', 'veth%d', 'eth0.10', '...', 'é', '0123456789abcde', '-', '@']) {
      expect(link.add({ name }).operation).toBe(`add link ${name}`)
    }
  })
})

describe('what a link says of itself may be said back', () => {
  const settings = fc.record(
    {
      name: fc.constantFrom('a', 'veth0', 'éa'),
      mtu: fc.nat(),
      up: fc.boolean(),
      group: fc.nat(),
      alias: fc.string().filter((text) => !text.includes('\0')),
      txqlen: fc.nat(),
      address: fc.uint8Array({ minLength: 6, maxLength: 6 }).map((bytes) => toHex(bytes).replace(/..(?=.)/g, '$&:')),
      carrier: fc.boolean(),
      linkNetnsid: fc.integer({ min: -1, max: 1000 }),
      operstate: fc.constantFrom('up' as const, 'down' as const, 99),
    },
    { requiredKeys: ['name'] },
  )

  test('whatever it is', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const { attributes, header } = arriving(link.add(given))
        const { up, ...rest } = given
        expect(attributes).toEqual(rest)
        expect(header.on).toEqual(up ? ['up'] : [])
        expect(header.change).toEqual(up === undefined ? [] : ['up'])
      }),
    )
  })
})
