import { type Codec, u32, u64 } from '../../netlink/index.ts'

/**
 * RTA_EXPIRES: seconds, in four bytes, that a route is to last. Of a multicast route the kernel says in eight bytes how long ago it
 * was used, in hundredths of a second (net/ipv4/ipmr_base.c, mr_fill_mroute): that is a bigint.
 */
export const expires: Codec<number | bigint> = {
  form: u32.form,
  read(bytes, offset, end, base, parent) {
    if (end - offset === 8) return BigInt(u64.at(bytes, offset))
    return u32.read(bytes, offset, end, base, parent)
  },
  write(writer, value, parent) {
    if (typeof value === 'bigint') u64.write(writer, value, parent)
    else u32.write(writer, value, parent)
  },
}
