import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TestAuthority } from '../test/support/test-authority.ts'
import type { Spent } from './measure.ts'

/** What the parent asks of the authority's process. */
export type Asked =
  | { readonly what: 'spent' | 'settle' | 'close' }
  | { readonly what: 'issue'; readonly accountId: string; readonly attestationId: string; readonly requests: readonly string[] }

/** What it answers when that is done. */
export interface Answer {
  readonly spent: Spent
}

/** An authority that runs in a process of its own. */
export interface AuthorityChild extends Pick<TestAuthority, 'issuer' | 'rootThumbprint' | 'operator'> {
  ask(asked: Asked): Promise<Spent>
}

/** Starts one. @param store a `mongodb://` address; a fresh SQLite file unless given. */
export async function startAuthorityChild(store?: string): Promise<AuthorityChild> {
  const child = fork(fileURLToPath(new URL('authority-process.ts', import.meta.url)), store === undefined ? [] : [store])
  const started = await message<Pick<TestAuthority, 'issuer' | 'rootThumbprint' | 'operator'>>(child)
  const ask = async (asked: Asked): Promise<Spent> => {
    child.send(asked)
    return (await message<Answer>(child)).spent
  }
  return { ...started, ask }
}

async function message<T>(child: ChildProcess): Promise<T> {
  const stop = new AbortController()
  const ended = once(child, 'exit', stop).then(() => Promise.reject(new Error('The authority’s process ended.')))
  try {
    const [received] = (await Promise.race([once(child, 'message', stop), ended])) as [T]
    return received
  } finally {
    ended.catch(() => undefined)
    stop.abort()
  }
}
