import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Copy } from '../../device/wallet/copies.ts'
import { presentationOf } from '../../device/wallet/present.ts'
import { newNonce } from './chapters-people.ts'
import { presentationOfAnotherAuthority, stolenCopy, tampered } from './forge.ts'
import type { Stage } from './stage.ts'
import { expect, type Teller } from './teller.ts'
import { siteRefuses, verifyAsSite } from './verify-as-site.ts'
import { saleRefuses, sendToSale, visitSale } from './visit.ts'

/** The sale refuses whatever is not one genuine presentation for this visit. */
export async function saleRefusals({ step }: Teller, stage: Stage, name: string): Promise<void> {
  const now = (): number => stage.terminal.context.clock.nowSeconds()
  const copy = (): Promise<Copy> => stolenCopy(stage, name)
  const audience = stage.icoUrl
  await step('A bare copy proves nothing', async () => saleRefuses(stage, await visitSale(stage), (await copy()).credential as string, 'bare-credential'))
  await step('A replay is refused', async () => {
    const visit = await visitSale(stage)
    const presentation = await presentationOf(await copy(), { audience, nonce: visit.nonce }, now())
    expect((await sendToSale(stage, visit, presentation)) === 'accepted', 'the first answer should have been taken')
    const again = await saleRefuses(stage, visit, presentation, 'nonce-used')
    return `${again}; in another visit ${await saleRefuses(stage, await visitSale(stage), presentation, 'wrong-nonce')}`
  })
  await step('A presentation for another audience is refused', async () => {
    const visit = await visitSale(stage)
    return saleRefuses(stage, visit, await presentationOf(await copy(), { audience: 'https://elsewhere.example', nonce: visit.nonce }, now()), 'wrong-audience')
  })
  await step('A tampered presentation is refused', async () => {
    const visit = await visitSale(stage)
    const presentation = tampered(await presentationOf(await copy(), { audience, nonce: visit.nonce }, now()))
    return saleRefuses(stage, visit, presentation, 'holder-signature')
  })
  await step('A tampered credential is refused', async () => {
    const visit = await visitSale(stage)
    const genuine = await copy()
    const [header = '', payload = '', signature = ''] = (genuine.credential as string).split('.')
    const swapped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    const presentation = await presentationOf({ ...genuine, credential: [header, payload, swapped].join('.') }, { audience, nonce: visit.nonce }, now())
    const answer = await sendToSale(stage, visit, presentation)
    expect(['issuer-signature', 'high-s-signature'].includes(answer), `the sale should have refused; it said ${answer}`)
    return `the sale refused: ${answer}`
  })
  await step('A token of another authority is refused', async () => {
    const visit = await visitSale(stage)
    return saleRefuses(stage, visit, await presentationOfAnotherAuthority(await copy(), { audience, nonce: visit.nonce }, now()), 'unknown-issuer')
  })
  await step('An expired copy is refused', async () => {
    const nowSeconds = now() + 40 * 86_400
    const request = { audience: 'https://sale.example', nonce: newNonce() }
    return siteRefuses(stage, await presentationOf(await copy(), request, nowSeconds), { ...request, nowSeconds }, 'expired')
  })
}

/** The holder presents; the authority is asked for static files alone, and not by whom or for whom. */
export async function holderPresents({ step }: Teller, stage: Stage, name: string): Promise<void> {
  await step(`${name} presents to the sale, and the authority learns nothing of it`, async () => {
    const before = (await stage.logLines()).length
    const presented = await stage.terminal.types(`as holder --profile ${name} present --to ${stage.icoUrl} --out presentation.jwt`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    const routes = (await stage.logLines()).slice(before).map((line) => JSON.parse(line) as { readonly method?: string; readonly route?: string })
    const others = routes.filter(({ method, route }) => method !== undefined && !(method === 'GET' && /^\/(trust\.json|status\/)/.test(route ?? '')))
    expect(others.length === 0, `the authority was asked for ${others.map(({ route }) => route ?? '').join(', ')}`)
    return `${presented[0] ?? ''} Requests at the authority meanwhile: ${routes.map(({ route }) => route ?? '').join(', ') || 'none'}.`
  })
  await step('A relying party verifies a presentation with vouchsafe-verify', async () => {
    const request = { audience: 'https://sale.example', nonce: newNonce() }
    const line = `as holder --profile ${name} present --audience ${request.audience} --nonce ${request.nonce} --out elsewhere.jwt`
    await stage.terminal.types(line)
    const { exitCode, said } = await verifyAsSite(stage, await readFile(join(stage.folder, 'elsewhere.jwt'), 'utf8'), request)
    expect(exitCode === 0, `vouchsafe-verify should have said valid; it said: ${said}`)
    return `vouchsafe-verify, exit 0: ${said.split('\n')[0] ?? ''}`
  })
}
