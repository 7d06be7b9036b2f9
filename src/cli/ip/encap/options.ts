import { garbage, type Keyword, spelled, type Words } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'

/** What has been read of one encapsulation. */
export interface EncapDraft<Data extends object> {
  readonly session: Session
  readonly request: Data
}

/**
 * Takes the options of an encapsulation up to the first word that is none, which belongs to the route; stops at the last of its
 * own. Throws CommandFailure.
 */
export function takeOptions<Data extends object>(
  words: Words,
  keywords: readonly Keyword<EncapDraft<Data>>[],
  draft: EncapDraft<Data>,
): Data {
  const seen = new Set<string>()
  for (; !words.done; words.advance()) {
    const keyword = spelled(words.current, keywords)
    if (keyword === undefined) break
    if (keyword.value !== undefined && !keyword.early) words.next()
    if (keyword.once !== undefined) {
      if (seen.has(keyword.once)) throw garbage(keyword.once, words.current)
      seen.add(keyword.once)
    }
    if (keyword.value !== undefined && keyword.early) words.next()
    keyword.take(words, draft)
  }
  words.back()
  return draft.request
}
