import { describe, expect, test } from 'vitest'
import { netfilterProtocol } from '../../src/netfilter/index.ts'
import { formatMessage } from '../../src/netlink/index.ts'
import { fromHex, loadFixtures } from '../fixtures.ts'

const NFT_MSG_NEWRULE = 0x0a06

/** The rule that a command of the fixtures sent, as people read it. */
function ruleOf(file: string, command: string): string {
  const exchange = loadFixtures('iptables')
    .find((one) => one.file === file)
    ?.exchanges.find((one) => one.command === command)
  const hex = exchange?.messages.findLast(
    ({ hex }) => fromHex(hex)[4] === (NFT_MSG_NEWRULE & 0xff) && fromHex(hex)[5] === NFT_MSG_NEWRULE >> 8,
  )?.hex
  return formatMessage(netfilterProtocol, fromHex(hex ?? ''), 'sent')
}

describe('a rule for people', () => {
  test('says what its expressions do', () => {
    const text = ruleOf('iptables/nat', 'iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -o eth0 -j MASQUERADE')
    expect(text).toMatch(/^> NFT_MSG_NEWRULE length 364 flags REQUEST,CREATE,APPEND seq \d+ port 0\n/)
    expect(text).toMatch(
      /\n {2}expressions \(4\) .*\n {4}0 \(1\) .*\n {6}name \(1\) meta .*\n {6}data \(2\) .*\n {8}key \(2\) oifname /,
    )
  })

  test("says what iptables' extensions hold, field by field", () => {
    const dnat = ruleOf(
      'iptables/nat',
      'iptables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 192.168.15.1:80',
    )
    expect(dnat).toMatch(/\n {8}info \(3\) .*\n {10}flags \["addresses","ports"\] .*\n {10}minAddress 192.168.15.1 /)
    expect(dnat).toMatch(/\n {10}minPort 80 +\d+ {2}00 50\n/)
    const comment = ruleOf(
      'iptables/filter',
      'iptables -A INPUT ! -p tcp -s 10.0.0.0/25 -m comment --comment "not tcp" -j REJECT',
    )
    expect(comment).toMatch(/\n {6}name \(1\) match .*\n[\s\S]*\n {10}\w+ not tcp /)
  })

  test('leaves those that it does not know as they are', () => {
    const text = ruleOf(
      'iptables/mangle',
      'iptables -t mangle -A PREROUTING -p tcp --tcp-flags SYN,RST SYN -j TTL --ttl-set 64',
    )
    expect(text).toMatch(/\n {8}name \(1\) TTL .*\n {8}revision \(2\) 0 .*\n {8}info \(3\) 0040000000000000 /)
  })
})
