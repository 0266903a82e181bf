import { authorityFromBundle, verifyAttestation } from '@vouchsafe/verify'
import { copiesOf } from '../src/device/wallet/copies.ts'
import { presentationOf } from '../src/device/wallet/present.ts'
import { refillCredentials } from '../src/device/wallet/refill-credentials.ts'
import { startAuthorityChild } from './authority-child.ts'
import { newHolder } from './holder.ts'
import { type Line, measure } from './measure.ts'

const audience = 'https://sale.example'

/** Presentations checked by the library from a trust bundle, without network: holder's and authority's signature, and the status. */
export async function verifyingLine(): Promise<Line> {
  const child = await startAuthorityChild()
  const { issuer, rootThumbprint } = child
  const { wallet, attestation } = await newHolder(child)
  await refillCredentials(wallet, { attestation, format: 'vc+jwt', count: 20 })
  const bundle = await (await fetch(`${issuer}/trust-bundle.jwt`)).text()
  await child.ask({ what: 'close' })
  const authority = await authorityFromBundle({ bundle, issuer, rootThumbprint })
  const nonce = 'a-nonce-of-the-bench'
  const presentations = await Promise.all((await copiesOf(wallet.memory)).map((copy) => presentationOf(copy, { audience, nonce }, wallet.clock.nowSeconds())))
  const expectations = { authority, audience, nonce, maxStatusAgeSeconds: 3600, requiredPolicy: 'identified/v1', environment: 'test' } as const
  let at = 0
  const rate = await measure(() => verifyAttestation(presentations[at++ % presentations.length] ?? '', expectations), 2000)
  return { name: 'verify: a presentation, from a bundle', raw: 'verify', ...rate }
}
