// The part of these packages that this project uses; they come without types.

declare module '@digitalbazaar/data-integrity' {
  export interface DataIntegritySignerInput {
    readonly data: Uint8Array
  }
  export class DataIntegrityProof {
    constructor(options: {
      readonly signer?: { readonly id: string; readonly algorithm: string; sign(input: DataIntegritySignerInput): Promise<Uint8Array> }
      /** Null leaves `created` out. */
      readonly date?: string | null
      readonly cryptosuite: object
    })
  }
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object
}

declare module '@digitalbazaar/vc' {
  export interface RemoteDocument {
    readonly contextUrl: null
    readonly documentUrl: string
    readonly document: object
  }
  export type DocumentLoader = (url: string) => Promise<RemoteDocument>
  export interface StatusResult {
    readonly verified: boolean
    readonly error?: Error
    readonly results?: readonly { readonly verified: boolean; readonly status: boolean; readonly credentialStatus: { readonly statusPurpose: string } }[]
  }
  export interface CredentialResult {
    readonly verified: boolean
    readonly error?: Error
    readonly statusResult?: StatusResult
  }
  export type CheckStatus = (options: { readonly credential: object; readonly documentLoader: DocumentLoader; readonly suite: object }) => Promise<StatusResult>
  interface VerifyOptions {
    readonly suite: object
    readonly documentLoader: DocumentLoader
    readonly checkStatus?: CheckStatus
    readonly now?: Date
    readonly maxClockSkew?: number
  }
  /** The loader of the contexts that come with the packages; it knows nothing else and uses no network. */
  export const defaultDocumentLoader: DocumentLoader
  export function issue<T extends object>(options: {
    readonly credential: T
    readonly suite: object
    readonly documentLoader: DocumentLoader
  }): Promise<T & { readonly proof: object }>
  export function createPresentation(options: { readonly verifiableCredential: object; readonly holder: string; readonly now?: Date }): object
  export function signPresentation(options: {
    readonly presentation: object
    readonly suite: object
    readonly challenge: string
    readonly domain: string
    readonly documentLoader: DocumentLoader
  }): Promise<object>
  export function verifyCredential(options: VerifyOptions & { readonly credential: object }): Promise<CredentialResult>
  export function verify(options: VerifyOptions & { readonly presentation: object; readonly challenge: string; readonly domain: string }): Promise<{
    readonly verified: boolean
    readonly error?: Error
    readonly presentationResult?: { readonly verified: boolean; readonly error?: Error }
    readonly credentialResults?: readonly CredentialResult[]
  }>
}

declare module '@digitalbazaar/vc-bitstring-status-list' {
  import type { CheckStatus } from '@digitalbazaar/vc'
  export const checkStatus: CheckStatus
  export function decodeList(options: { readonly encodedList: string }): Promise<{ readonly length: number; getStatus(index: number): boolean }>
}
