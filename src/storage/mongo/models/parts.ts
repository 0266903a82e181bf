import { integer, listOf, one, opaque, part, text } from './record-schema.ts'

/** An act that took effect: its id and the index of its entry in the log. */
export const actRef = part({ id: text, index: integer })

/** A WebAuthn credential: its id and its public key as COSE. */
export const passkey = part({ credentialId: text, publicKey: text })

/** A user-verified WebAuthn assertion. */
const assertion = part({ credentialId: text, authenticatorData: text, clientDataJSON: text, signature: text })

/** A signed statement, kept as it came, and the assertion over it. */
export const signed = part({ statement: opaque, assertion: one(assertion) })

/** A uniqueness tag. */
export const tag = part({ type: text, key: text, tag: text })

/** A reason, bound to the hash of the file that it is about. */
export const reason = part({ sha256: text, code: text })

/** A logged opening of a case by a reviewer. */
export const opening = part({ opening: text, reviewer: text, round: integer, atSeconds: integer })

/** How a panel was drawn; anyone can recompute it. */
export const draw = part({
  nonce: text,
  rosterSequence: integer,
  rosterHash: text,
  treeSize: integer,
  rootHash: text,
  ranking: listOf(String),
  panelSize: integer,
  code: text,
})

/** A reviewer of the roster. */
export const rosterEntry = part({
  reviewer: text,
  account: text,
  organisation: text,
  passkey: one(passkey),
  recipient: text,
  notBeforeSeconds: integer,
  notAfterSeconds: integer,
})

/** A log entry with its audit path. */
export const provenEntry = part({ index: integer, salt: text, entry: opaque, path: listOf(String) })
