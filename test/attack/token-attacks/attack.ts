import type { Expectations } from '@vouchsafe/verify'
import { credentialPayload, presentationHeader, presentationPayload, trustPayload } from '../../support/token-forge.ts'
import type { Attempt, Forge, Json, KeyPair, Published } from '../../support/token-forge.ts'

/** What an attack may change. */
export interface Change {
  readonly attempt?: Partial<Attempt>
  readonly published?: Partial<Published>
  readonly expected?: Partial<Expectations>
}

/** The honest parties' keys, and the attacker's. */
export interface Parties {
  readonly forge: Forge
  readonly mallory: KeyPair
}

/** A named attack and the code by which it must be refused. */
export interface Attack {
  readonly name: string
  readonly code: string
  readonly change: (parties: Parties) => Change
}

export function attack(code: string, name: string, change: Attack['change']): Attack {
  return { name, code, change }
}

/** Changes members of the presentation's payload; the holder signs it. */
export const presented = (code: string, name: string, change: (payload: Json, parties: Parties) => unknown): Attack =>
  attack(code, name, (parties) => ({
    attempt: {
      presentationPayload: (credential) => {
        const payload = presentationPayload(parties.forge.holder, credential)
        return merged(payload, change(payload, parties))
      },
    },
  }))

/** Changes members of the presentation's header; the holder signs it. */
export const presentedHeader = (code: string, name: string, change: (header: Json, parties: Parties) => unknown): Attack =>
  attack(code, name, (parties) => {
    const header = presentationHeader(parties.forge.holder)
    return { attempt: { presentationHeader: merged(header, change(header, parties)) } }
  })

/** Changes members of the credential; the authority's own key signs it, so that only the check in question is left. */
export const issued = (code: string, name: string, change: (payload: Json, parties: Parties) => unknown): Attack =>
  attack(code, name, (parties) => {
    const payload = credentialPayload(parties.forge.holder)
    return { attempt: { credentialPayload: merged(payload, change(payload, parties)) } }
  })

/** Changes one key of the trust file, by its use; the root signs it. */
export const keyed = (code: string, name: string, use: string, change: (parties: Parties) => Json): Attack =>
  attack(code, name, (parties) => {
    const trust = trustPayload(parties.forge)
    const keys = (trust['keys'] as Json[]).map((key) => (key['use'] === use ? withoutUndefined({ ...key, ...change(parties) }) : key))
    return { published: { trust: { ...trust, keys } } }
  })

/** An object adds or replaces members (`undefined` removes one); anything else replaces all. */
export function merged(base: Json, change: unknown): unknown {
  const isMembers = typeof change === 'object' && change !== null && !Array.isArray(change) && !(change instanceof Uint8Array)
  return isMembers ? withoutUndefined({ ...base, ...change }) : change
}

function withoutUndefined(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))
}

/** JSON text of an object with one more member written in front, which may be a name that is there already. */
export function withDoubled(value: unknown, memberText: string): string {
  return `{${memberText},${JSON.stringify(value).slice(1)}`
}
