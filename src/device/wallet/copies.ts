import type { EcPublicJwk, OkpPublicJwk } from '../../shared/contract/types.ts'
import { fromBase64url } from '../../shared/base64url.ts'
import { type DeviceMemory, recalled, remember } from '../device-memory.ts'

/** A private holder or issuance key as JWK. Secret. */
export type PrivateJwk = (EcPublicJwk | OkpPublicJwk) & { readonly d: string }

/** A copy of a credential with the key that can present it. Copies belong to one device, and to no vault: they open no documents. */
export interface Copy {
  readonly attestation: string
  readonly format: 'vc+jwt' | 'data-integrity'
  readonly credential: string | Readonly<Record<string, unknown>>
  readonly holderKey: PrivateJwk
  /** The one audience that has seen this copy. */
  readonly audience?: string
}

const copiesKey = 'copies'

/** Every copy on this device. */
export async function copiesOf(memory: DeviceMemory): Promise<readonly Copy[]> {
  return (await recalled<Copy[]>(memory, copiesKey)) ?? []
}

/** Adds copies. */
export async function addCopies(memory: DeviceMemory, copies: readonly Copy[]): Promise<void> {
  await remember(memory, copiesKey, [...(await copiesOf(memory)), ...copies])
}

/** Takes copies off this device, such as those of a revoked attestation. */
export async function dropCopies(memory: DeviceMemory, isDropped: (copy: Copy) => boolean): Promise<void> {
  await remember(
    memory,
    copiesKey,
    (await copiesOf(memory)).filter((copy) => !isDropped(copy)),
  )
}

/** Whether a copy's own time is over, or so nearly that no site would take it. */
export function isLapsed({ credential }: Pick<Copy, 'credential'>, nowSeconds: number): boolean {
  const until = typeof credential === 'string' ? jwtExpiry(credential) : Date.parse(String(credential['validUntil'])) / 1000
  return !(until > nowSeconds + 30)
}

function jwtExpiry(token: string): number {
  const { exp } = JSON.parse(new TextDecoder().decode(fromBase64url(token.split('.')[1] ?? ''))) as { readonly exp?: number }
  return exp ?? 0
}

/**
 * The copy for an audience: the one that it has seen before, so that it knows its visitor again, else one that nobody has seen.
 * Copies that have lapsed are not given. The choice is remembered before it is given, so that two audiences never see the same copy.
 */
export async function copyFor(memory: DeviceMemory, format: Copy['format'], audience: string, nowSeconds: number): Promise<Copy | undefined> {
  const copies = await copiesOf(memory)
  const ofFormat = copies.filter((copy) => copy.format === format && !isLapsed(copy, nowSeconds))
  const chosen = ofFormat.find((copy) => copy.audience === audience) ?? ofFormat.find((copy) => copy.audience === undefined)
  if (chosen === undefined) return undefined
  const used = { ...chosen, audience }
  await remember(memory, copiesKey, copies.map((copy) => (copy === chosen ? used : copy))) // prettier-ignore
  return used
}
