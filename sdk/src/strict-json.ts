/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>

const maxDepth = 12
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads UTF-8 bytes as one JSON object; `undefined` for anything else: broken UTF-8, a byte order mark, more than 12 levels, or an object that
 * names a member twice (parsers disagree on which one counts).
 */
export function strictJsonObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const text = utf8.decode(bytes)
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) && hasUniqueMembers(text) ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether a JSON value is an object, and neither `null` nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** @param text must be well-formed JSON: the scan reads only its strings and brackets. */
function hasUniqueMembers(text: string): boolean {
  const open: (Set<string> | undefined)[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '{') open.push(new Set())
    else if (character === '[') open.push(undefined)
    else if (character === '}' || character === ']') open.pop()
    if (open.length > maxDepth) return false
    if (character !== '"') continue
    const end = endOfString(text, at)
    if (text[nextToken(text, end)] === ':') {
      const name = JSON.parse(text.slice(at, end)) as string
      const names = open.at(-1)
      if (names === undefined || names.has(name)) return false
      names.add(name)
    }
    at = end - 1
  }
  return true
}

/** The index behind the closing quote of the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1)
  while (isEscaped(text, quote)) quote = text.indexOf('"', quote + 1)
  return quote + 1
}

function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0
  while (text[quote - 1 - backslashes] === '\\') backslashes++
  return backslashes % 2 === 1
}

function nextToken(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at++
  return at
}
