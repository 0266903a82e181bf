import { expect } from './teller.ts'
import type { Scene } from './stage.ts'

/** A visit to the demo sale, with the cookie that a browser would hold. */
export interface Visit {
  readonly cookie: string
  readonly nonce: string
}

/** Opens a visit. */
export async function visitSale({ fetch: send, icoUrl }: Scene): Promise<Visit> {
  const response = await send(`${icoUrl}/session`, { method: 'POST' })
  const { nonce } = (await response.json()) as { readonly nonce: string }
  return { nonce, cookie: (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '' }
}

/** Sends something to the sale as the answer to a visit. @returns `accepted`, or the code of the refusal. */
export async function sendToSale({ fetch: send, icoUrl }: Scene, { cookie }: Visit, presentation: string): Promise<string> {
  const headers = { 'content-type': 'application/json', cookie }
  const response = await send(`${icoUrl}/presentations`, { method: 'POST', headers, body: JSON.stringify({ presentation }) })
  return response.ok ? 'accepted' : ((await response.json()) as { readonly code: string }).code
}

/** Asserts that the sale refuses something with this code. */
export async function saleRefuses(stage: Scene, visit: Visit, presentation: string, code: string): Promise<string> {
  const answer = await sendToSale(stage, visit, presentation)
  stage.terminal.context.print(`  ${stage.icoUrl}: ${answer}`)
  expect(answer === code, `the sale should have refused with ${code}; it said ${answer}`)
  return `the sale refused: ${code}`
}
