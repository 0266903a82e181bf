import { AuthorityError } from '../shared/errors.ts'

/** How deep arrays and objects may be nested. */
const maxDepth = 32

/** A text that does not end reaches to the end of the body, so that no sequence of quotes makes the reader start over and over. */
const token = /"[^"\\]*(?:\\(?:.|$)[^"\\]*)*(?:"|$)|[{}[\],:]|[^\s"{}[\],:]+/gs

/**
 * Reads JSON that has one meaning for every reader: UTF-8 without a byte order mark, no member named twice, no lone surrogates, at most 32 deep.
 * @throws {AuthorityError} `malformed-json`, or `invalid-request` if it is too deep.
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  const text = decoded(bytes)
  assertShallow(text)
  const value = parsed(text)
  assertUnambiguous(text)
  return value
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new AuthorityError('malformed-json', 'The body is not UTF-8.')
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new AuthorityError('malformed-json', 'The body is not JSON.')
  }
}

function assertShallow(text: string): void {
  let depth = 0
  for (const [part] of text.matchAll(token)) {
    if (part === '{' || part === '[') depth++
    if (part === '}' || part === ']') depth--
    if (depth > maxDepth) throw new AuthorityError('invalid-request', `The body is nested deeper than ${String(maxDepth)}.`)
  }
}

/** `JSON.parse` keeps the last of two equal names and other readers the first: a way to show two faces. The text is known to be JSON. */
function assertUnambiguous(text: string): void {
  const open: Set<string>[] = []
  let last = ''
  for (const [part] of text.matchAll(token)) {
    if (part === '{' || part === '[') open.push(new Set())
    else if (part === '}' || part === ']') open.pop()
    else if (part === ':') claimName(open.at(-1), last)
    if (part.startsWith('"')) last = wellFormed(part)
  }
}

function claimName(names: Set<string> | undefined, name: string): void {
  if (names?.has(name) === true) throw new AuthorityError('malformed-json', 'A member name occurs twice in one object.')
  names?.add(name)
}

function wellFormed(part: string): string {
  const text = JSON.parse(part) as string
  if (/\p{Surrogate}/u.test(text)) throw new AuthorityError('malformed-json', 'A text contains a lone surrogate.')
  return text
}
