import {
  type Codec,
  checkObject,
  DecodeError,
  EncodeError,
  formatIpv4,
  formatIpv6,
  lladdr,
  parseIpv4,
  parseIpv6,
} from '../../netlink/index.ts'
import { FAMILIES, type Family, family16 } from '../family.ts'

/** An address of a family that is said with it: IP as text, others as `aa:bb:…`. */
export interface Via {
  readonly family: Family
  readonly address: string
}

/** struct rtvia: a gateway whose family is not the route's. */
export const via: Codec<Via> = {
  form: { is: 'bytes' },
  read(bytes, offset, end) {
    if (end - offset < 2) throw new DecodeError(`expected a family and an address`, bytes, offset, end)
    const family = family16.at(bytes, offset)
    const size = family === 'inet' ? 4 : family === 'inet6' ? 16 : undefined
    if (size !== undefined && end - offset - 2 !== size) {
      throw new DecodeError(`an address of family ${family} is ${size} bytes long`, bytes, offset, end)
    }
    const at = offset + 2
    if (family === 'inet') return { family, address: formatIpv4(bytes, at) }
    if (family === 'inet6') return { family, address: formatIpv6(bytes, at) }
    return { family, address: lladdr.read(bytes, at, end, -1, {}) }
  },
  write(writer, value, parent) {
    checkObject(value)
    const { family, address } = value
    family16.write(writer, family, parent)
    const number = typeof family === 'number' ? family : FAMILIES[family]
    if (number !== FAMILIES.inet && number !== FAMILIES.inet6) return lladdr.write(writer, address, parent)
    const parsed = number === FAMILIES.inet ? parseIpv4(String(address)) : parseIpv6(String(address))
    if (parsed === undefined) throw new EncodeError(`expected an address of family ${family}`).within('address')
    writer.put(parsed)
  },
}
