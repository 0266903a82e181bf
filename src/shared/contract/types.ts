// Generated from schemas/ by `npm run generate`. Change the schemas, not this file.

export type AccountId = string

export type ActId = string

export type AttestationId = string

export type BatchId = string

export type CaseId = string

export type EnrolmentId = string

export type LeaseId = string

export type OpeningId = string

export type OperatorId = string

export type PersonId = string

export type RequestId = string

export type ReviewerId = string

export type VerdictId = string

export type WrapId = string

/** A SHA-256 hash, 32 bytes as unpadded base64url. */
export type HashBase64url = string

/** A SHA-256 hash, 64 lower-case hexadecimal digits; the name of sealed bytes. */
export type Sha256Hex = string

/** Unix time in whole seconds. */
export type UnixSeconds = number

export type Base64url = string

export type Environment = 'test' | 'production'

/** The origin of an authority, without a slash at its end. */
export type IssuerUrl = string

/** Name and version of a policy, such as identified/v1. */
export type PolicyId = string

/** A hybrid post-quantum age recipient. */
export type AgeRecipient = string

export type EvidenceType =
  | 'passport'
  | 'identity-card'
  | 'driving-licence'
  | 'residence-registration'
  | 'temporary-registration'
  | 'financial-document'
  | 'selfie-with-document'
  | 'fields'

export type Side = 'front' | 'back' | 'single'

export type Purpose = 'identify' | 'renew' | 'recover'

export type VerdictKind = 'approve' | 'resubmit' | 'reject' | 'cannot-open'

/** Why a file must be sent again, or a case is rejected. */
export type ReasonCode =
  | 'blurred'
  | 'glare'
  | 'cut-off'
  | 'expired'
  | 'wrong-document'
  | 'other-side-missing'
  | 'unreadable'
  | 'code-missing'
  | 'code-wrong'
  | 'words-missing'
  | 'face-not-visible'
  | 'fields-differ'
  | 'not-the-same-person'
  | 'altered-document'
  | 'not-genuine'
  | 'under-age'

/** A P-256 public key. */
export type EcPublicJwk = {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: HashBase64url
  readonly y: HashBase64url
}

/** An Ed25519 public key. */
export type OkpPublicJwk = {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: HashBase64url
}

/** A WebAuthn credential: its id and its public key as COSE, both base64url. */
export type Passkey = {
  readonly credentialId: string
  readonly publicKey: string
}

/** A user-verified WebAuthn assertion; each member base64url, the signature as the authenticator gave it. */
export type Assertion = {
  readonly credentialId: string
  readonly authenticatorData: string
  readonly clientDataJSON: string
  readonly signature: string
}

/** A WebAuthn registration with attestation none, as the browser gave it; each member base64url. */
export type Registration = {
  readonly credentialId: string
  readonly clientDataJSON: string
  readonly attestationObject: string
}

/** One sealed file of a submission, named by the hash of its ciphertext. */
export type EvidenceFile = {
  readonly type: EvidenceType
  readonly side: Side
  readonly sha256: Sha256Hex
  readonly sizeBytes: number
}

/** What reviewers judge. Its hash is the evidenceHash that verdicts sign. */
export type Evidence = {
  readonly case: CaseId
  readonly account: AccountId
  readonly passkeyThumbprint: HashBase64url
  readonly round: number
  readonly code: string
  readonly policy: PolicyId
  readonly files: readonly EvidenceFile[]
}

export type PanelMember = {
  readonly reviewer: ReviewerId
  readonly organisation: string
  readonly recipient: AgeRecipient
}

/** The wrap of a reviewer, named by the hash of its age file. */
export type WrapRef = {
  readonly reviewer: ReviewerId
  readonly sha256: Sha256Hex
}

/** A uniqueness tag: evidence type, id of the OPRF key, and the output in hexadecimal. */
export type Tag = {
  readonly type: 'passport' | 'identity-card' | 'driving-licence' | 'national-id-number'
  readonly key: string
  readonly tag: Sha256Hex
}

/** A reason, bound to the hash of the file it is about. */
export type Reason = {
  readonly sha256: Sha256Hex
  readonly code: ReasonCode
}

export type RosterEntry = {
  readonly reviewer: ReviewerId
  readonly account: AccountId
  readonly organisation: string
  readonly passkey: Passkey
  readonly recipient: AgeRecipient
  readonly notBeforeSeconds: UnixSeconds
  readonly notAfterSeconds: UnixSeconds
}

/** An act that took effect: its id and the index of its entry in the log. */
export type ActRef = {
  readonly id: string
  readonly index: number
}

/** What an act means to do (intent), or that an intent had no effect (void). Private; only its salted hash is published. */
export type LogEntry =
  | {
      readonly type: 'intent'
      readonly act: string
      readonly actId: string
      readonly collection: string
      readonly subject: string
      readonly subjectVersion: number
      readonly digest: HashBase64url
      readonly detail: { readonly [name: string]: unknown }
      readonly atSeconds: UnixSeconds
    }
  | {
      readonly type: 'void'
      readonly of: number
      readonly atSeconds: UnixSeconds
    }

/** An entry of the log with what proves it: leaf = SHA-256(salt ‖ JCS(entry)). */
export type LoggedEntry = {
  readonly index: number
  readonly salt: HashBase64url
  readonly entry: LogEntry
}

/** A logged entry with its audit path (RFC 9162, 2.1.3) to the root of a checkpoint. */
export type ProvenEntry = {
  readonly index: number
  readonly salt: HashBase64url
  readonly entry: LogEntry
  readonly path: readonly HashBase64url[]
}

/** The settings of a process, read from the environment. Secrets are kept apart from them. */
export type Config = {
  readonly environment: Environment
  readonly issuer: IssuerUrl
  /** 0 takes any free one. */
  readonly port: number
  /** Of health, readiness and metrics. */
  readonly adminPort: number
  /** Of the demo token-sale site. */
  readonly icoPort: number
  readonly dataFolder: string
  readonly keysFolder: string
  readonly storeKind: 'sqlite' | 'mongodb'
  /** From a roster statement to its effect. */
  readonly rosterDelaySeconds: number
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
}

/** The payload by which a holder key shows that the device has it: for this authority and this request. */
export type HolderProof = {
  readonly aud: IssuerUrl
  readonly nonce: RequestId
}

/** The one thing that a credential may say. additionalProperties is false at every level; the gate before each signature checks it. The JWT members (iss, iat, exp, cnf, status) are absent in the Data Integrity form. */
export type IdentifiedCredential = {
  readonly '@context': readonly ['https://www.w3.org/ns/credentials/v2', string]
  readonly type: unknown
  readonly issuer: string
  readonly validFrom: string
  readonly validUntil: string
  readonly credentialSubject: {
    readonly id: string
    readonly identified: true
  }
  readonly policy: string
  readonly environment?: 'test'
  readonly credentialStatus: readonly [
    {
      readonly type: 'BitstringStatusListEntry'
      readonly statusPurpose: 'revocation'
      readonly statusListIndex: string
      readonly statusListCredential: string
    },
    {
      readonly type: 'BitstringStatusListEntry'
      readonly statusPurpose: 'suspension'
      readonly statusListIndex: string
      readonly statusListCredential: string
    },
  ]
  readonly iss?: string
  readonly iat?: number
  readonly exp?: number
  readonly cnf?: {
    readonly jwk: EcPublicJwk
  }
  readonly status?: {
    readonly status_list: {
      readonly idx: number
      readonly uri: string
    }
  }
}

/** The payload of an issuance request: a JWS by an authorised issuance key. proofs are in the order of holderKeys. */
export type IssuanceRequest = {
  readonly iss: AttestationId
  readonly aud: IssuerUrl
  readonly jti: RequestId
  readonly iat: UnixSeconds
  readonly format: 'vc+jwt' | 'data-integrity'
  readonly holderKeys: readonly (EcPublicJwk | OkpPublicJwk)[]
  readonly proofs: readonly string[]
}

/** The header of a JWS that brings its own public key; nothing else may stand in it. */
export type OwnKeyHeader =
  | {
      readonly alg: 'ES256'
      readonly typ: 'vouchsafe-issuance+jwt' | 'vouchsafe-holder-proof+jwt'
      readonly jwk: EcPublicJwk
    }
  | {
      readonly alg: 'EdDSA'
      readonly typ: 'vouchsafe-issuance+jwt' | 'vouchsafe-holder-proof+jwt'
      readonly jwk: OkpPublicJwk
    }

/** An account, as its owner sees it. */
export type AccountReply = {
  readonly account: AccountId
  readonly createdAtSeconds: UnixSeconds
  readonly vaultRecipient: AgeRecipient
  readonly passkeys: readonly {
    readonly credentialId: string
    readonly publicKey: string
    readonly label: string
    readonly addedAtSeconds: UnixSeconds
  }[]
  readonly person?: PersonId
  readonly reviewer?: ReviewerId
}

/** An attestation, as its holder sees it. */
export type AttestationReply = {
  readonly attestation: AttestationId
  readonly state: 'valid' | 'suspended' | 'revoked'
  readonly policy: PolicyId
  readonly attestedAtSeconds: UnixSeconds
  readonly validUntilSeconds: UnixSeconds
  readonly issuanceKeys: readonly EcPublicJwk[]
  readonly liveCopies: number
}

/** The attestations of an account. */
export type AttestationPage = {
  readonly data: readonly AttestationReply[]
  readonly next?: string
}

/** Credentials, in the order of the holder keys. */
export type BatchReply = {
  readonly batch: BatchId
  readonly format: 'vc+jwt' | 'data-integrity'
  readonly credentials: readonly (string | { readonly [name: string]: unknown })[]
}

/** request: a JWS by an authorised issuance key. See docs/protocol/issuance.md. */
export type BatchRequest = {
  readonly request: string
}

/** A case, as its person sees it. It looks the same with no, one or two verdicts in an open round. */
export type CaseReply = {
  readonly case: CaseId
  readonly state:
    | 'opened'
    | 'drawn'
    | 'in-review'
    | 'resubmission-needed'
    | 'consent-needed'
    | 'approved'
    | 'attested'
    | 'recovery-needed'
    | 'rejected'
    | 'withdrawn'
    | 'expired'
    | 'refused'
  readonly purpose: Purpose
  readonly policy: PolicyId
  readonly openedAtSeconds: UnixSeconds
  readonly deadlineSeconds: UnixSeconds
  readonly nonceHash: HashBase64url
  readonly opening: ProvenEntry
  readonly checkpoint: string
  readonly draw?: {
    readonly nonce: HashBase64url
    readonly rosterSequence: number
    readonly rosterHash: HashBase64url
    readonly treeSize: number
    readonly rootHash: HashBase64url
    readonly ranking: readonly ReviewerId[]
    readonly panelSize: number
    readonly code: string
  }
  readonly round: number
  readonly offeredReviewer?: ReviewerId
  readonly consents: readonly {
    readonly round: number
    readonly consentHash: HashBase64url
    readonly evidenceHash: HashBase64url
    readonly panel: readonly PanelMember[]
    readonly files: readonly EvidenceFile[]
  }[]
  readonly openings: readonly {
    readonly reviewer: ReviewerId
    readonly round: number
    readonly atSeconds: UnixSeconds
  }[]
  readonly outcomes: readonly {
    readonly round: number
    readonly outcome: 'approve' | 'resubmit' | 'reject'
    readonly reasons: readonly Reason[]
  }[]
  readonly attestation?: AttestationId
  readonly purgedAtSeconds?: UnixSeconds
}

/** The cases of an account. */
export type CasePage = {
  readonly data: readonly CaseReply[]
  readonly next?: string
}

/** A signed consent, with each wrap as the age file itself. */
export type ConsentRequest = {
  readonly signed: {
    readonly statement: ConsentStatement
    readonly assertion: Assertion
  }
  readonly wraps: readonly {
    readonly reviewer: ReviewerId
    readonly sealed: string
  }[]
}

/** A request that says all it has to say by its path. */
export type EmptyRequest = {}

/** An enrolment, as operators see it. */
export type EnrolmentReply = {
  readonly enrolment: EnrolmentId
  readonly state: 'invited' | 'requested' | 'rostered'
  readonly organisation: string
  readonly expiresAtSeconds: UnixSeconds
  readonly request?: {
    readonly reviewer: ReviewerId
    readonly account: AccountId
    readonly passkey: Passkey
    readonly recipient: AgeRecipient
  }
}

/** The secret is shown once. */
export type EnrolmentInvitationReply = {
  readonly enrolment: EnrolmentId
  readonly secret: HashBase64url
  readonly expiresAtSeconds: UnixSeconds
}

/** An operator invites a reviewer of an organisation. */
export type EnrolmentInvitationRequest = {
  readonly organisation: string
}

/** Enrolments, newest last. */
export type EnrolmentPage = {
  readonly data: readonly EnrolmentReply[]
  readonly next?: string
}

/** Asks to be put on the roster. */
export type EnrolmentRequest = {
  readonly secret: HashBase64url
  readonly statement: EnrolmentRequestStatement
  readonly registration: Registration
}

/** Evaluated elements with their proofs (RFC 9497 Evaluation, serialised), in the order of the request. */
export type EvaluationReply = {
  readonly evaluations: readonly {
    readonly key: string
    readonly evaluated: string
  }[]
}

/** Blinded inputs (RFC 9497 EvaluationRequest, serialised) to be evaluated under each living OPRF key. */
export type EvaluationRequest = {
  readonly evaluations: readonly {
    readonly key: string
    readonly blinded: string
  }[]
}

/** An audit path (RFC 9162, 2.1.3): leaf at index of the tree of that size. */
export type InclusionProofReply = {
  readonly index: number
  readonly treeSize: number
  readonly leafHash: HashBase64url
  readonly path: readonly HashBase64url[]
}

/** Which leaf of which tree. */
export type InclusionProofQuery = {
  readonly index: number
  readonly treeSize: number
}

/** Authorises a device to ask for copies. */
export type IssuanceKeyRequest = {
  readonly signed: {
    readonly statement: IssuanceKeyStatement
    readonly assertion: Assertion
  }
}

/** Makes an account. */
export type JoinRequest = {
  readonly statement: JoinStatement
  readonly registration: Registration
}

/** A claim on a case for a time. */
export type LeaseReply = {
  readonly lease: LeaseId
  readonly case: CaseId
  readonly round: number
  readonly expiresAtSeconds: UnixSeconds
}

/** Opens a case. nonceHash = SHA-256("vouchsafe/case-nonce/v1" ‖ 0x00 ‖ JCS(nonce)). */
export type OpenCaseRequest = {
  readonly purpose: Purpose
  readonly policy: PolicyId
  readonly nonceHash: HashBase64url
}

/** What a reviewer needs to open the files on the device; the opening is in the log. */
export type OpeningReply = {
  readonly opening: OpeningId
  readonly case: CaseId
  readonly round: number
  readonly evidence: Evidence
  readonly evidenceHash: HashBase64url
  readonly consent: {
    readonly statement: ConsentStatement
    readonly assertion: Assertion
  }
  readonly passkey: Passkey
  readonly sealedWrap: string
  readonly oprfKeys: readonly {
    readonly key: string
    readonly publicKey: string
  }[]
}

/** Which page of a list: the `next` of the page before, or none for the first. */
export type PageQuery = {
  readonly cursor?: string
}

/** RFC 9457 problem details. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly requestId: string
  readonly detail?: string
  readonly errors?: readonly {
    readonly pointer: string
    readonly message: string
  }[]
}

/** Reveals the nonce; the panel and the code follow from it. */
export type RevealNonceRequest = {
  readonly nonce: HashBase64url
}

/** Cases that this reviewer may claim, oldest first. */
export type ReviewQueueReply = {
  readonly data: readonly {
    readonly case: CaseId
    readonly round: number
    readonly policy: PolicyId
    readonly purpose: Purpose
    readonly deadlineSeconds: UnixSeconds
  }[]
  readonly next?: string
}

/** A signed revocation. */
export type RevocationRequest = {
  readonly signed: {
    readonly statement: RevocationStatement
    readonly assertion: Assertion
  }
}

/** The roster with what proves it: each statement, its log entry and path, and the checkpoint the paths lead to. */
export type RosterReply = {
  readonly sequence: number
  readonly rosterHash: HashBase64url
  readonly entries: readonly RosterEntry[]
  readonly statements: readonly {
    readonly signed: {
      readonly statement: RosterStatement
      readonly assertion: Assertion
    }
    readonly proof: ProvenEntry
  }[]
  readonly checkpoint: string
}

/** An operator’s signed change of the roster. */
export type RosterStatementRequest = {
  readonly signed: {
    readonly statement: RosterStatement
    readonly assertion: Assertion
  }
  readonly enrolment?: EnrolmentId
}

/** A session. token only for a bearer; a cookie is set otherwise. */
export type SessionReply = {
  readonly principal: string
  readonly expiresAtSeconds: UnixSeconds
  readonly token?: string
}

/** A nonce for one sign-in. */
export type SignInChallengeReply = {
  readonly nonce: HashBase64url
  readonly expiresAtSeconds: UnixSeconds
}

/** The assertion’s challenge is SHA-256("vouchsafe/sign-in/v1" ‖ 0x00 ‖ JCS({issuer, nonce})). principal: the account or operator whose passkey it is. */
export type SignInRequest = {
  readonly principal: AccountId | OperatorId
  readonly nonce: HashBase64url
  readonly assertion: Assertion
  readonly carrier: 'cookie' | 'bearer'
}

/** Sealed bytes are kept. */
export type UploadReply = {
  readonly sha256: Sha256Hex
  readonly sizeBytes: number
}

/** The sealed index (absent before the first write) and the wraps. */
export type VaultReply = {
  readonly counter: number
  readonly sealedIndex: string
  readonly wraps: readonly {
    readonly wrap: WrapId
    readonly kind: 'passphrase' | 'recovery-kit' | 'passkey-prf'
    readonly credentialId: string | null
    readonly sealed: string
  }[]
  readonly items: readonly {
    readonly sha256: Sha256Hex
    readonly sizeBytes: number
  }[]
  readonly usedBytes: number
}

/** Replaces the sealed index; If-Match carries the counter that was read. */
export type VaultIndexRequest = {
  readonly sealedIndex: string
}

/** The verdict is on disk. Nothing is told of others. */
export type VerdictReply = {
  readonly verdict: VerdictId
  readonly case: CaseId
  readonly round: number
}

/** A signed verdict. */
export type VerdictRequest = {
  readonly signed: {
    readonly statement: VerdictStatement
    readonly assertion: Assertion
  }
}

/** Adds a passkey. */
export type WayInRequest = {
  readonly signed: {
    readonly statement: WayInStatement
    readonly assertion: Assertion
  }
  readonly registration: Registration
}

/** A signed withdrawal. */
export type WithdrawalRequest = {
  readonly signed: {
    readonly statement: WithdrawalStatement
    readonly assertion: Assertion
  }
}

/** Adds a wrap of the vault identity: one age file a way in. */
export type WrapRequest = {
  readonly kind: 'passphrase' | 'recovery-kit' | 'passkey-prf'
  readonly credentialId: string | null
  readonly sealed: string
}

/** What keys an authority has: what each is for, its algorithms, where its private half lives and for how long it may sign. See keys/README.md. */
export type KeysPolicy = {
  readonly trustFile: {
    readonly lifetimeDays: number
    readonly renewBeforeDays: number
  }
  readonly uses: {
    readonly root: KeysPolicyKeyUsePolicy
    readonly credential: KeysPolicyKeyUsePolicy
    readonly status: KeysPolicyKeyUsePolicy
    readonly bundle: KeysPolicyKeyUsePolicy
    readonly log: KeysPolicyKeyUsePolicy
    readonly oprf: KeysPolicyKeyUsePolicy
    readonly 'status-permutation': KeysPolicyKeyUsePolicy
  }
}

export type KeysPolicyKeyUsePolicy = {
  /** What a signature or output of this key means. */
  readonly signs: string
  readonly algorithms: readonly ('ES256' | 'EdDSA' | 'P256-SHA256' | 'HMAC-SHA256')[]
  /** Where the private half is in production. */
  readonly lives: 'offline' | 'sealed-file'
  /** When the next key must have taken over; null: it is never replaced by time. */
  readonly signsForDays: number | null
  /** How long the public half stays published once it is retired; null: for ever. */
  readonly publishedAfterDays: number | null
  readonly ifCompromised: string
}

/** What evidence a level needs and what reviewers must check. */
export type Policy = {
  readonly id: PolicyId
  readonly title: string
  readonly validityDays: number
  readonly groups: readonly {
    readonly name: string
    readonly anyOf: readonly EvidenceType[]
    readonly minimum: number
  }[]
  readonly checklist: readonly {
    readonly id: string
    readonly text: string
  }[]
}

/** A random id and public keys; nothing that says who it is. */
export type AccountRecord = {
  readonly id: string
  readonly version: number
  readonly acts: readonly ActRef[]
  readonly createdAtSeconds: UnixSeconds
  readonly vaultRecipient: AgeRecipient
  readonly passkeys: readonly {
    readonly credentialId: string
    readonly publicKey: string
    readonly label: 'passkey' | 'recovery-kit'
    readonly addedAtSeconds: UnixSeconds
    readonly signed?: {
      readonly statement: WayInStatement
      readonly assertion: Assertion
    }
  }[]
}

/** A claim: the person behind an account. id: the account id. */
export type AccountPersonRecord = {
  readonly id: string
  readonly version: number
  readonly person: PersonId
}

/** The authority’s word that a person is identified. Its state is the truth from which status lists are derived. */
export type AttestationRecord = {
  readonly id: string
  readonly version: number
  readonly acts: readonly ActRef[]
  readonly person: PersonId
  readonly account: AccountId
  readonly case: CaseId
  readonly policy: PolicyId
  readonly state: 'valid' | 'suspended' | 'revoked'
  readonly attestedAtSeconds: UnixSeconds
  readonly validUntilSeconds: UnixSeconds
  readonly issuanceKeys: readonly {
    readonly statement: IssuanceKeyStatement
    readonly assertion: Assertion
  }[]
  readonly batches: readonly {
    readonly batch: BatchId
    readonly requestHash: HashBase64url
    readonly format: 'vc+jwt' | 'data-integrity'
    readonly firstCounter: number
    readonly count: number
    readonly atSeconds: UnixSeconds
  }[]
  readonly revocation?: {
    readonly statement: RevocationStatement
    readonly assertion: Assertion
  }
  readonly changedAtSeconds?: UnixSeconds
}

/** One submission, from its opening to its end. */
export type CaseRecord = {
  readonly id: string
  readonly version: number
  readonly acts: readonly ActRef[]
  readonly account: AccountId
  readonly purpose: Purpose
  readonly policy: PolicyId
  readonly state:
    | 'opened'
    | 'drawn'
    | 'in-review'
    | 'resubmission-needed'
    | 'consent-needed'
    | 'approved'
    | 'attested'
    | 'recovery-needed'
    | 'rejected'
    | 'withdrawn'
    | 'expired'
    | 'refused'
  readonly openedAtSeconds: UnixSeconds
  readonly deadlineSeconds: UnixSeconds
  readonly nonceHash: HashBase64url
  readonly rosterSequence: number
  readonly draw?: {
    readonly nonce: HashBase64url
    readonly rosterSequence: number
    readonly rosterHash: HashBase64url
    readonly treeSize: number
    readonly rootHash: HashBase64url
    readonly ranking: readonly ReviewerId[]
    readonly panelSize: number
    readonly code: string
  }
  readonly round: number
  readonly consents: readonly {
    readonly statement: ConsentStatement
    readonly assertion: Assertion
  }[]
  readonly openings: readonly {
    readonly opening: OpeningId
    readonly reviewer: ReviewerId
    readonly round: number
    readonly atSeconds: UnixSeconds
  }[]
  readonly verdicts: readonly {
    readonly verdict: VerdictId
    readonly reviewer: ReviewerId
    readonly round: number
    readonly kind: VerdictKind
    readonly tagsHash: HashBase64url
    readonly reasons: readonly Reason[]
  }[]
  readonly outcomes: readonly {
    readonly round: number
    readonly outcome: 'approve' | 'resubmit' | 'reject'
    readonly reasons: readonly Reason[]
  }[]
  readonly withdrawal?: {
    readonly statement: WithdrawalStatement
    readonly assertion: Assertion
  }
  readonly attestation?: AttestationId
  readonly refusal?: string
  readonly closedAtSeconds?: UnixSeconds
  readonly purgedAtSeconds?: UnixSeconds
  readonly duty?: 'attest' | 'purge' | 'expire'
  readonly dutyAtSeconds?: UnixSeconds
}

/** What the log need not know of a case: uploads, leases, evaluations. id: the case id. */
export type CaseDeskRecord = {
  readonly id: string
  readonly version: number
  readonly uploads: readonly {
    readonly sha256: Sha256Hex
    readonly sizeBytes: number
  }[]
  readonly leases: readonly {
    readonly lease: LeaseId
    readonly reviewer: ReviewerId
    readonly round: number
    readonly expiresAtSeconds: UnixSeconds
    readonly evaluations: number
  }[]
}

/** A claim of a process on 1,024 status counters. id: the block’s number. */
export type CounterBlockRecord = {
  readonly id: string
  readonly version: number
  readonly takenAtSeconds: UnixSeconds
}

/** The signer’s own note of the counters that it has signed for. id: the block’s number; ranges never overlap. */
export type CounterUseRecord = {
  readonly id: string
  readonly version: number
  readonly uses: readonly {
    readonly batch: BatchId
    readonly firstCounter: number
    readonly count: number
  }[]
}

/** All that justifies an attestation: hashes, signatures and log entries; no documents. id: the attestation id. */
export type DecisionRecord = {
  readonly id: string
  readonly version: number
  readonly acts: readonly ActRef[]
  readonly issuer: IssuerUrl
  readonly environment: Environment
  readonly case: CaseId
  readonly account: AccountId
  readonly person: PersonId
  readonly purpose: Purpose
  readonly policy: PolicyId
  readonly nonceHash: HashBase64url
  readonly draw: {
    readonly nonce: HashBase64url
    readonly rosterSequence: number
    readonly rosterHash: HashBase64url
    readonly treeSize: number
    readonly rootHash: HashBase64url
    readonly ranking: readonly ReviewerId[]
    readonly panelSize: number
    readonly code: string
  }
  readonly round: number
  readonly rosterStatements: readonly {
    readonly statement: RosterStatement
    readonly assertion: Assertion
  }[]
  readonly consents: readonly {
    readonly statement: ConsentStatement
    readonly assertion: Assertion
  }[]
  readonly openings: readonly {
    readonly opening: OpeningId
    readonly reviewer: ReviewerId
    readonly round: number
    readonly atSeconds: UnixSeconds
  }[]
  readonly verdicts: readonly {
    readonly statement: VerdictStatement
    readonly assertion: Assertion
  }[]
  readonly tags: readonly Tag[]
  readonly checkpoint: string
  readonly entries: readonly ProvenEntry[]
  readonly decidedAtSeconds: UnixSeconds
  readonly passkeys: readonly Passkey[]
}

/** An invitation to become a reviewer, and the request that came of it. */
export type EnrolmentRecord = {
  readonly id: string
  readonly version: number
  readonly state: 'invited' | 'requested' | 'rostered'
  readonly secretHash: HashBase64url
  readonly organisation: string
  readonly operator: OperatorId
  readonly expiresAtSeconds: UnixSeconds
  readonly request?: {
    readonly reviewer: ReviewerId
    readonly account: AccountId
    readonly passkey: Passkey
    readonly recipient: AgeRecipient
  }
}

/** A run of log entries. id: the segment’s number in 12 digits; inserting it is the sequencing. */
export type LogSegmentRecord = {
  readonly id: string
  readonly version: number
  readonly firstIndex: number
  readonly entries: readonly {
    readonly leaf: HashBase64url
    readonly salt: HashBase64url
    readonly entry: LogEntry
  }[]
}

/** A person, behind accounts, documents and attestations. id: derived from the case that met them first. */
export type PersonRecord = {
  readonly id: string
  readonly version: number
  readonly acts: readonly ActRef[]
  readonly account: AccountId
  readonly createdAtSeconds: UnixSeconds
}

/** The reviewer roster; one document, id roster. */
export type RosterRecord = {
  readonly id: string
  readonly version: number
  readonly acts: readonly ActRef[]
  readonly sequence: number
  readonly rosterHash: HashBase64url
  readonly entries: readonly RosterEntry[]
  readonly statements: readonly {
    readonly statement: RosterStatement
    readonly assertion: Assertion
  }[]
}

/** id: SHA-256 of the session token, hexadecimal. */
export type SessionRecord = {
  readonly id: string
  readonly version: number
  readonly principal: string
  readonly createdAtSeconds: UnixSeconds
  readonly expiresAtSeconds: UnixSeconds
}

/** A nonce that can be used once. id: the nonce. */
export type SignInChallengeRecord = {
  readonly id: string
  readonly version: number
  readonly expiresAtSeconds: UnixSeconds
}

/** The trust file as a flattened JWS (RFC 7515, 7.2.2) by the root key. */
export type SignedTrustFile = {
  readonly protected: string
  readonly payload: string
  readonly signature: string
}

/** To whom this store belongs. id: identity. */
export type StoreIdentityRecord = {
  readonly id: string
  readonly version: number
  readonly issuer: IssuerUrl
  readonly environment: Environment
  readonly sweptIndex: number
}

/** A claim on a uniqueness tag: held by a case, then kept by a person for ever. id: OPRF key id, dot, tag. */
export type TagRecord = {
  readonly id: string
  readonly version: number
  readonly case?: CaseId
  readonly person?: PersonId
  readonly type: string
}

/** The payload of the trust file, signed by the root key. See docs/protocol/trust.md. */
export type TrustFile = {
  readonly issuer: IssuerUrl
  readonly environment: Environment
  readonly demo: boolean
  readonly sequence: number
  readonly issuedAtSeconds: UnixSeconds
  readonly expiresAtSeconds: UnixSeconds
  readonly rosterDelaySeconds: number
  readonly rpId: string
  readonly origins: readonly string[]
  readonly operators: readonly {
    readonly operator: OperatorId
    readonly passkey: Passkey
  }[]
  readonly keys: readonly {
    readonly kid: string
    readonly use: 'credential' | 'status' | 'log' | 'bundle' | 'oprf'
    readonly alg: 'ES256' | 'EdDSA' | 'P256-SHA256'
    readonly state: 'next' | 'active' | 'retired' | 'compromised'
    readonly notBeforeSeconds: UnixSeconds
    readonly notAfterSeconds?: UnixSeconds
    readonly jwk?: EcPublicJwk | OkpPublicJwk
    readonly publicKey?: string
    readonly verifierKey?: string
  }[]
}

/** The sealed index of a vault and its wraps. id: the account id. counter: raised by each replacement of the index. */
export type VaultRecord = {
  readonly id: string
  readonly version: number
  readonly counter: number
  readonly sealedIndex: string
  readonly wraps: readonly {
    readonly wrap: WrapId
    readonly kind: 'passphrase' | 'recovery-kit' | 'passkey-prf'
    readonly credentialId: string | null
    readonly sealed: string
  }[]
  readonly usedBytes: number
}

/** A sealed item that an account keeps. id: account id, dot, hash of the ciphertext. */
export type VaultItemRecord = {
  readonly id: string
  readonly version: number
  readonly account: AccountId
  readonly sha256: Sha256Hex
  readonly sizeBytes: number
  readonly addedAtSeconds: UnixSeconds
}

/** A signed verdict; in effect only when its case lists it. id: derived from case, round, reviewer and statement. */
export type VerdictRecord = {
  readonly id: string
  readonly version: number
  readonly case: CaseId
  readonly round: number
  readonly reviewer: ReviewerId
  readonly signed: {
    readonly statement: VerdictStatement
    readonly assertion: Assertion
  }
  readonly atSeconds: UnixSeconds
}

/** A person opens a copy of the named files to the named reviewers. subject: the case id; subjectVersion: the round. */
export type ConsentStatement = {
  readonly kind: 'consent'
  readonly issuer: IssuerUrl
  readonly environment: Environment
  readonly id: ActId
  readonly issuedAtSeconds: UnixSeconds
  readonly subject: string
  readonly subjectVersion: number
  readonly evidence: Evidence
  readonly evidenceHash: HashBase64url
  readonly panel: readonly PanelMember[]
  readonly wraps: readonly WrapRef[]
  readonly textVersion: string
  readonly deadlineSeconds: UnixSeconds
  readonly predecessor: HashBase64url | null
  readonly consentHash: HashBase64url
}

/** A person asks to be a reviewer with this verdict passkey and recipient; the challenge of the verdict passkey’s registration is its hash. subject: the enrolment id. */
export type EnrolmentRequestStatement = {
  readonly kind: 'enrolment-request'
  readonly issuer: IssuerUrl
  readonly environment: Environment
  readonly id: ActId
  readonly issuedAtSeconds: UnixSeconds
  readonly subject: string
  readonly subjectVersion: number
  readonly account: AccountId
  readonly recipient: AgeRecipient
}

/** A person authorises one device’s issuance key. subject: the attestation id. */
export type IssuanceKeyStatement = {
  readonly kind: 'issuance-key'
  readonly issuer: IssuerUrl
  readonly environment: Environment
  readonly id: ActId
  readonly issuedAtSeconds: UnixSeconds
  readonly subject: string
  readonly subjectVersion: number
  readonly jwk: EcPublicJwk
}

/** Makes an account. Its hash is the challenge of the registration. subject: the new account id. */
export type JoinStatement = {
  readonly kind: 'join'
  readonly issuer: IssuerUrl
  readonly environment: Environment
  readonly id: ActId
  readonly issuedAtSeconds: UnixSeconds
  readonly subject: string
  readonly subjectVersion: number
  readonly vaultRecipient: AgeRecipient
}

/** The holder revokes an attestation and every copy of it. subject: the attestation id. */
export type RevocationStatement = {
  readonly kind: 'revocation'
  readonly issuer: IssuerUrl
  readonly environment: Environment
  readonly id: ActId
  readonly issuedAtSeconds: UnixSeconds
  readonly subject: string
  readonly subjectVersion: number
}

/** An operator changes the roster. subject: roster; subjectVersion: the sequence before. notBefore of an added entry is at least issuedAt + the delay. */
export type RosterStatement = {
  readonly kind: 'roster'
  readonly issuer: IssuerUrl
  readonly environment: Environment
  readonly id: ActId
  readonly issuedAtSeconds: UnixSeconds
  readonly subject: string
  readonly subjectVersion: number
  readonly action: 'add' | 'end'
  readonly entry: RosterEntry
  readonly sequence: number
  readonly rosterHash: HashBase64url
}

/** A reviewer’s judgement of one round, signed with the verdict passkey. subject: the case id; subjectVersion: the round. */
export type VerdictStatement = {
  readonly kind: 'verdict'
  readonly issuer: IssuerUrl
  readonly environment: Environment
  readonly id: ActId
  readonly issuedAtSeconds: UnixSeconds
  readonly subject: string
  readonly subjectVersion: number
  readonly reviewer: ReviewerId
  readonly evidenceHash: HashBase64url
  readonly opening: OpeningId
  readonly verdict: VerdictKind
  readonly checklist: readonly string[]
  readonly tags: readonly Tag[]
  readonly reasons: readonly Reason[]
}

/** Adds a passkey to an account; the assertion is by a passkey that is registered already, so that a chain of signatures leads to each. The registration’s challenge is the hash of the same frame with kind way-in-registration. subject: the account id. */
export type WayInStatement = {
  readonly kind: 'way-in'
  readonly issuer: IssuerUrl
  readonly environment: Environment
  readonly id: ActId
  readonly issuedAtSeconds: UnixSeconds
  readonly subject: string
  readonly subjectVersion: number
  readonly label: 'passkey' | 'recovery-kit'
  readonly passkey: Passkey
}

/** A person takes a consent back and ends the case. subject: the case id; subjectVersion: the round. */
export type WithdrawalStatement = {
  readonly kind: 'withdrawal'
  readonly issuer: IssuerUrl
  readonly environment: Environment
  readonly id: ActId
  readonly issuedAtSeconds: UnixSeconds
  readonly subject: string
  readonly subjectVersion: number
}

/** The type that each schema describes. */
export interface SchemaTypes {
  readonly config: Config
  readonly 'credentials/holder-proof': HolderProof
  readonly 'credentials/identified': IdentifiedCredential
  readonly 'credentials/issuance-request': IssuanceRequest
  readonly 'credentials/own-key-header': OwnKeyHeader
  readonly 'http/account': AccountReply
  readonly 'http/attestation': AttestationReply
  readonly 'http/attestation-page': AttestationPage
  readonly 'http/batch': BatchReply
  readonly 'http/batch-request': BatchRequest
  readonly 'http/case': CaseReply
  readonly 'http/case-page': CasePage
  readonly 'http/consent-request': ConsentRequest
  readonly 'http/empty-request': EmptyRequest
  readonly 'http/enrolment': EnrolmentReply
  readonly 'http/enrolment-invitation': EnrolmentInvitationReply
  readonly 'http/enrolment-invitation-request': EnrolmentInvitationRequest
  readonly 'http/enrolment-page': EnrolmentPage
  readonly 'http/enrolment-request': EnrolmentRequest
  readonly 'http/evaluation': EvaluationReply
  readonly 'http/evaluation-request': EvaluationRequest
  readonly 'http/inclusion-proof': InclusionProofReply
  readonly 'http/inclusion-proof-query': InclusionProofQuery
  readonly 'http/issuance-key-request': IssuanceKeyRequest
  readonly 'http/join-request': JoinRequest
  readonly 'http/lease': LeaseReply
  readonly 'http/open-case-request': OpenCaseRequest
  readonly 'http/opening': OpeningReply
  readonly 'http/page-query': PageQuery
  readonly 'http/problem': Problem
  readonly 'http/reveal-nonce-request': RevealNonceRequest
  readonly 'http/review-queue': ReviewQueueReply
  readonly 'http/revocation-request': RevocationRequest
  readonly 'http/roster': RosterReply
  readonly 'http/roster-statement-request': RosterStatementRequest
  readonly 'http/session': SessionReply
  readonly 'http/sign-in-challenge': SignInChallengeReply
  readonly 'http/sign-in-request': SignInRequest
  readonly 'http/upload': UploadReply
  readonly 'http/vault': VaultReply
  readonly 'http/vault-index-request': VaultIndexRequest
  readonly 'http/verdict': VerdictReply
  readonly 'http/verdict-request': VerdictRequest
  readonly 'http/way-in-request': WayInRequest
  readonly 'http/withdrawal-request': WithdrawalRequest
  readonly 'http/wrap-request': WrapRequest
  readonly 'keys-policy': KeysPolicy
  readonly 'policies/policy': Policy
  readonly 'records/account': AccountRecord
  readonly 'records/account-person': AccountPersonRecord
  readonly 'records/attestation': AttestationRecord
  readonly 'records/case': CaseRecord
  readonly 'records/case-desk': CaseDeskRecord
  readonly 'records/counter-block': CounterBlockRecord
  readonly 'records/counter-use': CounterUseRecord
  readonly 'records/decision-record': DecisionRecord
  readonly 'records/enrolment': EnrolmentRecord
  readonly 'records/log-segment': LogSegmentRecord
  readonly 'records/person': PersonRecord
  readonly 'records/roster': RosterRecord
  readonly 'records/session': SessionRecord
  readonly 'records/sign-in-challenge': SignInChallengeRecord
  readonly 'records/signed-trust': SignedTrustFile
  readonly 'records/store-identity': StoreIdentityRecord
  readonly 'records/tag': TagRecord
  readonly 'records/trust': TrustFile
  readonly 'records/vault': VaultRecord
  readonly 'records/vault-item': VaultItemRecord
  readonly 'records/verdict': VerdictRecord
  readonly 'statements/consent': ConsentStatement
  readonly 'statements/enrolment-request': EnrolmentRequestStatement
  readonly 'statements/issuance-key': IssuanceKeyStatement
  readonly 'statements/join': JoinStatement
  readonly 'statements/revocation': RevocationStatement
  readonly 'statements/roster': RosterStatement
  readonly 'statements/verdict': VerdictStatement
  readonly 'statements/way-in': WayInStatement
  readonly 'statements/withdrawal': WithdrawalStatement
}

/** The short name of a schema: its path under `schemas/` without `.schema.json`. */
export type SchemaName = keyof SchemaTypes
