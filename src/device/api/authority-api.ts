import type {
  AccountReply, AttestationPage, AttestationReply, BatchReply, BatchRequest, CasePage, CaseReply, ConsentRequest, EnrolmentInvitationReply,
  EnrolmentPage, EnrolmentReply, EnrolmentRequest, EvaluationReply, EvaluationRequest, InclusionProofReply, IssuanceKeyRequest, JoinRequest, LeaseReply,
  OpenCaseRequest, OpeningReply, RevocationRequest, ReviewQueueReply, RosterReply, RosterStatementRequest, SessionReply, SignedTrustFile, SignInChallengeReply,
  SignInRequest, UploadReply, VaultReply, VerdictReply, VerdictRequest, WayInRequest, WithdrawalRequest, WrapRequest,
} from '../../shared/contract/types.ts' // prettier-ignore
import type { ApiClient } from './api-client.ts'

/** Every call that devices make, typed by the contract. Replies are the server's word: callers check what they rely on. */
export type AuthorityApi = ReturnType<typeof createAuthorityApi>

/** The typed calls over a client. */
export function createAuthorityApi(client: ApiClient) {
  const get = async <T>(path: string): Promise<T> => (await (await client.send({ method: 'GET', path })).json()) as T
  const post = async <T>(path: string, body: unknown = {}): Promise<T> => (await (await client.send({ method: 'POST', path, body })).json()) as T
  const text = async (path: string, accept: string): Promise<string> => (await client.send({ method: 'GET', path, accept })).text()
  const upload = async (path: string, sealedBody: Uint8Array): Promise<UploadReply> => (await (await client.send({ method: 'PUT', path, sealedBody })).json()) as UploadReply // prettier-ignore
  const download = async (path: string): Promise<Uint8Array> => new Uint8Array(await (await client.send({ method: 'GET', path, accept: 'application/octet-stream' })).arrayBuffer()) // prettier-ignore
  const remove = async (path: string): Promise<void> => {
    await client.send({ method: 'DELETE', path })
  }
  return {
    client,
    ...whoIsWho(get, post, remove),
    ...vaultCalls({ get, post, remove, upload, download }, client),
    ...caseCalls({ get, post, upload }),
    ...reviewCalls({ get, post, download }),
    ...attestationCalls(get, post),
    trust: () => get<SignedTrustFile>('/trust.json'),
    checkpoint: () => text('/log/checkpoint', 'text/plain'),
    inclusionProof: (index: number, treeSize: number) => get<InclusionProofReply>(`/v1/log/inclusion-proofs?index=${index}&treeSize=${treeSize}`),
  }
}

type Get = <T>(path: string) => Promise<T>
type Post = <T>(path: string, body?: unknown) => Promise<T>
type Remove = (path: string) => Promise<void>
type Upload = (path: string, sealed: Uint8Array) => Promise<UploadReply>
type Download = (path: string) => Promise<Uint8Array>

function whoIsWho(get: Get, post: Post, remove: Remove) {
  return {
    join: (body: JoinRequest) => post<AccountReply>('/v1/accounts', body),
    account: () => get<AccountReply>('/v1/accounts/me'),
    addPasskey: (body: WayInRequest) => post<AccountReply>('/v1/accounts/me/passkeys', body),
    signInChallenge: () => post<SignInChallengeReply>('/v1/sign-in-challenges'),
    signIn: (body: SignInRequest) => post<SessionReply>('/v1/sessions', body),
    signOut: () => remove('/v1/sessions/current'),
    invite: (organisation: string) => post<EnrolmentInvitationReply>('/v1/enrolments', { organisation }),
    enrolments: () => get<EnrolmentPage>('/v1/enrolments'),
    requestEnrolment: (enrolment: string, body: EnrolmentRequest) => post<EnrolmentReply>(`/v1/enrolments/${enrolment}/requests`, body),
    changeRoster: (body: RosterStatementRequest) => post<RosterReply>('/v1/roster-statements', body),
    roster: () => get<RosterReply>('/v1/roster'),
  }
}

function vaultCalls({ get, post, remove, upload, download }: { get: Get; post: Post; remove: Remove; upload: Upload; download: Download }, client: ApiClient) {
  return {
    vault: () => get<VaultReply>('/v1/vault'),
    replaceVaultIndex: async (counter: number, sealedIndex: string) =>
      (await (await client.send({ method: 'PUT', path: '/v1/vault/index', ifMatch: counter, body: { sealedIndex } })).json()) as VaultReply,
    addWrap: (body: WrapRequest) => post<VaultReply>('/v1/vault/wraps', body),
    removeWrap: (wrap: string) => remove(`/v1/vault/wraps/${wrap}`),
    putItem: (sha256: string, sealed: Uint8Array) => upload(`/v1/vault/items/${sha256}`, sealed),
    item: (sha256: string) => download(`/v1/vault/items/${sha256}`),
    removeItem: (sha256: string) => remove(`/v1/vault/items/${sha256}`),
  }
}

function caseCalls({ get, post, upload }: { get: Get; post: Post; upload: Upload }) {
  return {
    openCase: (body: OpenCaseRequest) => post<CaseReply>('/v1/cases', body),
    revealNonce: (caseId: string, nonce: string) => post<CaseReply>(`/v1/cases/${caseId}/nonce`, { nonce }),
    putCaseFile: (caseId: string, sha256: string, sealed: Uint8Array) => upload(`/v1/cases/${caseId}/files/${sha256}`, sealed),
    consent: (caseId: string, body: ConsentRequest) => post<CaseReply>(`/v1/cases/${caseId}/consents`, body),
    withdraw: (caseId: string, body: WithdrawalRequest) => post<CaseReply>(`/v1/cases/${caseId}/withdrawals`, body),
    cases: () => get<CasePage>('/v1/cases'),
    case: (caseId: string) => get<CaseReply>(`/v1/cases/${caseId}`),
  }
}

function reviewCalls({ get, post, download }: { get: Get; post: Post; download: Download }) {
  return {
    queue: () => get<ReviewQueueReply>('/v1/review/queue'),
    claim: (caseId: string) => post<LeaseReply>(`/v1/cases/${caseId}/leases`),
    open: (caseId: string) => post<OpeningReply>(`/v1/cases/${caseId}/openings`),
    caseFile: (caseId: string, sha256: string) => download(`/v1/cases/${caseId}/files/${sha256}`),
    evaluate: (caseId: string, body: EvaluationRequest) => post<EvaluationReply>(`/v1/cases/${caseId}/evaluations`, body),
    giveVerdict: (caseId: string, body: VerdictRequest) => post<VerdictReply>(`/v1/cases/${caseId}/verdicts`, body),
  }
}

function attestationCalls(get: Get, post: Post) {
  return {
    attestations: () => get<AttestationPage>('/v1/attestations'),
    addIssuanceKey: (attestation: string, body: IssuanceKeyRequest) => post<AttestationReply>(`/v1/attestations/${attestation}/issuance-keys`, body),
    requestBatch: (attestation: string, body: BatchRequest) => post<BatchReply>(`/v1/attestations/${attestation}/batches`, body),
    revoke: (attestation: string, body: RevocationRequest) => post<AttestationReply>(`/v1/attestations/${attestation}/revocations`, body),
  }
}
