import { defaultDocumentLoader, type DocumentLoader } from '@digitalbazaar/vc'
import { identifiedContext } from './identified-context.ts'
import { didKeyMethod } from './multikey.ts'
import { contextUrl } from './public-names.ts'

export type { DocumentLoader } from '@digitalbazaar/vc'

const didContexts = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'] as const

/** What the loader knows besides the contexts. */
export interface KnownDocuments {
  readonly issuer: string
  /** The issuer's DID document; its methods are found by their ids. */
  readonly didDocument?: { readonly id: string; readonly verificationMethod: readonly { readonly id: string }[] }
  /** Others by URL, such as status lists. */
  readonly documents?: ReadonlyMap<string, object>
}

/**
 * A document loader that knows a fixed set of documents and never uses the network: the W3C contexts, our own, the issuer's DID document, and what did:key says itself.
 * It throws for any other URL.
 */
export function createDocumentLoader({ issuer, didDocument, documents }: KnownDocuments): DocumentLoader {
  const known = new Map<string, object>([
    [contextUrl(issuer), identifiedContext],
    ...(didDocument ? [[didDocument.id, didDocument] as const] : []),
    ...(didDocument?.verificationMethod.map((method) => [method.id, { '@context': didContexts[1], ...method }] as const) ?? []),
    ...(documents ?? []),
  ])
  return (url) => {
    const document = known.get(url) ?? didKeyDocument(url)
    return document ? Promise.resolve({ contextUrl: null, documentUrl: url, document }) : defaultDocumentLoader(url)
  }
}

/** The DID document of a did:key, or its method if the URL has a fragment. */
function didKeyDocument(url: string): object | undefined {
  const [did = '', fragment] = url.split('#')
  if (!/^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/.test(did)) return undefined
  const method = didKeyMethod(did)
  if (fragment !== undefined) return url === method.id ? { '@context': didContexts[1], ...method } : undefined
  return { '@context': didContexts, id: did, verificationMethod: [method], authentication: [method.id], assertionMethod: [method.id] }
}
