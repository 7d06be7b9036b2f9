import { addressText, expectAddress, isUnspecified, type Keyword, type Reader, rows } from '../../../grammar/index.ts'
import { fields } from './fields.ts'
import type { KindDraft, KindField } from './kind.ts'
import { below } from './udp-tunnel.ts'

/** The outer addresses of a tunnel, and the link that it goes out by. */
export interface Ends {
  local?: string | undefined
  remote?: string | undefined
  link?: number | undefined
}

const { option } = rows<KindDraft<Ends>>()

/** An outer address; undefined for any. */
function end(family: 'inet' | 'inet6'): Reader<string | undefined> {
  return {
    hint: 'ADDR',
    read({ current }) {
      const address = expectAddress(current, family)
      return isUnspecified(address) ? undefined : addressText(address)
    },
  }
}

/** `remote`, `local` and `dev`; the two first in full only where they are not `abbreviable`. */
export function endKeywords(
  family: 'inet' | 'inet6',
  { abbreviable = true } = {},
): readonly Keyword<KindDraft<Ends>>[] {
  const star = abbreviable ? '*' : ''
  return [
    option(`remote${star}`, end(family), 'remote'),
    option(`local${star}`, end(family), 'local'),
    option('dev*', below, 'link'),
  ]
}

const isAny = (address: string | undefined) => address === undefined || /^(0\.0\.0\.0|::)$/.test(address)

/** The addresses to send: the kernel takes one that is any for a mistake. */
export function endsOf({ local, remote }: Ends): Pick<Ends, 'local' | 'remote'> {
  return { local: isAny(local) ? undefined : local, remote: isAny(remote) ? undefined : remote }
}

const { when } = fields<Ends>()

const showEnd =
  (name: 'remote' | 'local'): KindField<Ends> =>
  (data, printer, { hostText }) => {
    const address = data[name]
    printer.field(name, isAny(address) ? 'any' : hostText(address ?? ''), `${name} % `)
  }

export const showDevice: KindField<Ends> = when('link', (index, printer, { devices }) => {
  if (index !== 0) printer.field('link', devices.name(index), 'dev % ')
})

export const endFields: readonly KindField<Ends>[] = [showEnd('remote'), showEnd('local'), showDevice]
