import { type AuthorityChild, startAuthorityChild } from './authority-child.ts'
import { type Holder, issuanceRequests, newHolder } from './holder.ts'
import { type Line, rateOf } from './measure.ts'

const singles = 40
const batches = 4
const copies = 100
const atOnce = 8

/** Credentials by a whole authority on one store: judged, logged, counted and on disk before the answer. The CPU time is the authority's process's alone. */
export async function issuingLines(storeName: string, store?: string): Promise<readonly Line[]> {
  const child = await startAuthorityChild(store)
  const holder = await newHolder(child)
  const lines: Line[] = []
  for (const [name, count, each] of [
    ['single', singles, 1],
    [`batches of ${String(copies)}`, batches, copies],
  ] as const) {
    await inProcess(child, holder, 2, each)
    lines.push({ name: `${storeName}, in process, ${name}`, raw: 'sign', ...(await inProcess(child, holder, count, each)) })
    lines.push({ name: `${storeName}, over HTTP, ${name}`, raw: 'sign', ...(await overHttp(child, holder, count, each)) })
  }
  await child.ask({ what: 'close' })
  return lines
}

async function inProcess(child: AuthorityChild, holder: Holder, count: number, each: number) {
  const requests = await issuanceRequests(holder, count, each)
  const before = await child.ask({ what: 'spent' })
  const after = await child.ask({ what: 'issue', accountId: holder.wallet.key.account, attestationId: holder.attestation, requests })
  return rateOf(count * each, before, after)
}

async function overHttp(child: AuthorityChild, holder: Holder, count: number, each: number) {
  const waiting = [...(await issuanceRequests(holder, count, each))]
  const before = await child.ask({ what: 'spent' })
  const client = async (): Promise<void> => {
    for (let request = waiting.pop(); request !== undefined; request = waiting.pop()) await holder.wallet.api.requestBatch(holder.attestation, { request })
  }
  await Promise.all(Array.from({ length: atOnce }, client))
  return rateOf(count * each, before, await child.ask({ what: 'spent' }))
}
