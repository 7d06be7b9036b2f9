import {
  acknowledged,
  answered,
  type Codec,
  checkObject,
  type DumpRequest,
  dumped,
  type MessageType,
  NLM_F_CREATE,
  NLM_F_EXCL,
  type Request,
} from '../../netlink/index.ts'
import type { Change } from '../echo.ts'
import { type Family, messageNumber } from '../family.ts'

/** What kinds of things in a rule set are said by (NFT_MSG_*, include/uapi/linux/netfilter/nf_tables.h), and by what part of the name. */
const VERBS = { new: 'NEW', get: 'GET', delete: 'DEL', destroy: 'DESTROY', getReset: 'GET' } as const

type Verb = keyof typeof VERBS

/** A kind of thing in a rule set: tables, chains, rules, sets, elements, objects. */
export interface Kind<Out, In> {
  /** What errors call one: `set`. */
  readonly noun: string
  /** What the names of its messages end in: `SET`, of NFT_MSG_NEWSET. */
  readonly constant: string
  /** The numbers of its messages. `getReset` sets counters to zero. */
  readonly numbers: Readonly<Record<Exclude<Verb, 'getReset'>, number>> & { readonly getReset?: number }
  readonly codec: Codec<Out, In>
  /** The attributes that say which one is meant. They are sent first, in this order, as nft does. */
  readonly named: readonly (keyof In & string)[]
}

/**
 * The requests that every kind has. What is wanted (`Out | In`) is as somebody says it or as it was read; `Name` is what says which one is to be
 * deleted.
 */
export function requestsFor<Out extends object, In extends object, Name extends object = Out | In>(
  kind: Kind<Out, In>,
) {
  const { noun, constant, numbers, codec, named } = kind
  const keys = ['family', ...named] as const
  const first = Object.fromEntries(keys.map((key) => [key, undefined]))
  const typeOf = (verb: Verb) => messageNumber('nftables', numbers[verb]!)

  const describe = (given: object) => {
    checkObject(given)
    const said = given as Readonly<Record<string, unknown>>
    const names = keys.map((key) => said[key])
    const handle = names.at(-1) === undefined && said.handle !== undefined ? [`handle ${said.handle}`] : []
    return [noun, ...names, ...handle].filter((word) => word !== undefined).join(' ')
  }

  /** A change in other words, or by other flags, than those below. */
  const change = (operation: string, verb: Verb, flags: number, given: object): Change<Out> =>
    acknowledged({ operation, type: typeOf(verb), flags, codec, value: { ...first, ...given } as In })

  const ask = (operation: string, value: In): Request<Out> =>
    answered({ operation, type: typeOf('get'), codec, value }, codec)

  /** Asks for all that the kernel finds by the value, of which `pick` may leave some out. */
  const dump = (
    operation: string,
    value: In,
    { verb = 'get', pick }: { readonly verb?: Verb; readonly pick?: (item: Out) => Out | undefined } = {},
  ): DumpRequest<Out> => dumped({ operation, type: typeOf(verb), codec, value }, codec, pick)

  return {
    messages: new Map<number, MessageType>(
      (Object.keys(numbers) as Verb[]).map((verb) => {
        const name = `NFT_MSG_${VERBS[verb]}${constant}${verb === 'getReset' ? '_RESET' : ''}`
        return [typeOf(verb), { name, codec }]
      }),
    ),
    describe,
    change,
    add: (settings: Out | In): Change<Out | undefined> =>
      change(`add ${describe(settings as In)}`, 'new', NLM_F_CREATE, settings as In),
    create: (settings: Out | In): Change<Out> =>
      change(`create ${describe(settings as In)}`, 'new', NLM_F_CREATE | NLM_F_EXCL, settings as In),
    delete: (target: Name): Change<Out> => change(`delete ${describe(target)}`, 'delete', 0, target),
    destroy: (target: Name): Request<void> => change(`destroy ${describe(target)}`, 'destroy', 0, target),
    get: (target: Name): Request<Out> => {
      checkObject(target)
      const said = target as Readonly<Record<string, unknown>>
      const value = Object.fromEntries(keys.map((key) => [key, said[key]])) as In
      return ask(`get ${describe(value)}`, value)
    },
    ask,
    dump,
  }
}

/** Of which family, and of which table of it, things are listed; of all unless told. */
export interface TableFilter {
  readonly family?: Family | undefined
  readonly table?: string | undefined
}
