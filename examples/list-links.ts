// The links of this machine and their addresses. Needs no privileges.
import { address, link, openRoute } from 'ipts'

using socket = openRoute()
const [links, addresses] = await Promise.all([socket.request(link.list()), socket.request(address.list())])

for (const { index, name, flags, mtu, linkinfo } of links) {
  console.log(`${index}: ${name} (${linkinfo?.kind ?? 'device'}, mtu ${mtu}) ${flags.join(' ')}`)
  for (const found of addresses.filter((candidate) => candidate.index === index)) {
    console.log(`    ${found.address} ${found.scope}`)
  }
}
