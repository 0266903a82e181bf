import type { IdentifiedCredential } from '../../shared/contract/types.ts'
import { type DataIntegrityExpectation, verifyDataIntegrityPresentation } from '../../shared/verify-data-integrity.ts'
import { newNonce } from './chapters-people.ts'
import { copyOut } from './outputs.ts'
import type { Stage } from './stage.ts'
import { expect, type Teller } from './teller.ts'

interface Presented {
  readonly verifiableCredential: readonly IdentifiedCredential[]
}

/** The Data Integrity form is presented, verified against the published lists, and refused for another audience. */
export async function dataIntegrityToo({ step }: Teller, stage: Stage, out: string, name: string): Promise<void> {
  await step('The same by Data Integrity', async () => {
    const request = { audience: 'https://sale.example', nonce: newNonce() }
    const words = `--audience ${request.audience} --nonce ${request.nonce}`
    await stage.terminal.types(`as holder --profile ${name} present --format data-integrity ${words} --out presentation.vc.json`)
    const presentation = JSON.parse(await copyOut(stage, out, 'presentation.vc.json')) as Presented
    const expected = { ...request, requiredPolicy: 'identified/v1', maxStatusAgeSeconds: 300 }
    const { holder } = await verified(stage, presentation, expected)
    const refusal = await verified(stage, presentation, { ...expected, audience: 'https://elsewhere.example' }).catch((error: unknown) => error)
    const code = (refusal as { readonly code?: string }).code ?? ''
    expect(code !== '', 'a presentation for another audience should be refused')
    return `Accepted by the checks of @digitalbazaar/vc and of the format (holder ${holder.slice(0, 20)}…); for another audience refused: ${code}.`
  })
}

async function verified(stage: Stage, presentation: Presented, expected: DataIntegrityExpectation) {
  const { trust, clock } = stage.authority.features
  const urls = presentation.verifiableCredential[0]?.credentialStatus.map(({ statusListCredential }) => statusListCredential) ?? []
  const lists = await Promise.all(
    urls.map(async (url) => [url, (await (await stage.fetch(url, { headers: { accept: 'application/vc' } })).json()) as object] as const),
  )
  return verifyDataIntegrityPresentation({ trust, statusLists: new Map(lists), nowSeconds: clock.nowSeconds() }, presentation, expected)
}
