// A request is a value: it can be looked at, encoded and taken apart again where there is neither kernel nor Linux.
import { link } from 'ipts'
import { encodeRequest } from 'ipts/netlink'

const request = link.add({ name: 'vxlan0', kind: 'vxlan', data: { id: 42, group: '239.1.1.1', port: 4789 } })
const bytes = encodeRequest(request, 1)
console.log(request.operation)
console.log(Buffer.from(bytes).toString('hex'))

const header = 16
console.log(link.linkMessage.read(bytes, header, bytes.length, header, {}).linkinfo)
