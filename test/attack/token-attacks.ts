import { audience, credentialHeader, credentialPayload, now, presentationHeader, presentationPayload, validAttempt } from '../support/token-forge.ts'
import type { Attempt, Forge, KeyPair, Published } from '../support/token-forge.ts'
import type { Expectations } from '@vouchsafe/verify'

export interface Attack {
  readonly name: string
  readonly code: string
  readonly change: (has: { readonly forge: Forge; readonly mallory: KeyPair }) => {
    readonly attempt?: Partial<Attempt>
    readonly published?: Partial<Published>
    readonly expected?: Partial<Expectations>
  }
}

export const tokenAttacks: readonly Attack[] = [
  {
    name: 'a presentation for another audience',
    code: 'wrong-audience',
    change: ({ forge }) => ({
      attempt: { presentationPayload: (credential) => ({ ...presentationPayload(forge.holder, credential), aud: `${audience}.evil.example` }) },
    }),
  },
]
