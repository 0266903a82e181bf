import { ed25519 } from '@noble/curves/ed25519'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils'
import { AuthorityError } from './errors.ts'
import { sha256Bytes } from './hash.ts'
import { isSameBytes } from './merkle.ts'

/** The state of the log at a size. */
export interface Checkpoint {
  /** The log's origin, such as `localhost:8080/log`; it is the name of the log's key too. */
  readonly origin: string
  readonly treeSize: number
  /** 32 bytes. */
  readonly rootHash: Uint8Array
}

/** Standard base64 with padding, as notes are written. */
function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

/** The text that a log key signs. @see https://c2sp.org/tlog-checkpoint */
export function checkpointText({ origin, treeSize, rootHash }: Checkpoint): string {
  return `${origin}\n${treeSize}\n${toBase64(rootHash)}\n`
}

/** First four bytes of SHA-256(name ‖ \n ‖ 0x01 ‖ public key). @see https://c2sp.org/signed-note */
function keyHint(name: string, publicKey: Uint8Array): Uint8Array {
  return sha256Bytes(utf8ToBytes(`${name}\n`), Uint8Array.of(1), publicKey).subarray(0, 4)
}

/** The verifier key of an Ed25519 log key, in the note format: `name+hint+base64(0x01 ‖ key)`. */
export function noteVerifierKey(name: string, publicKey: Uint8Array): string {
  return `${name}+${bytesToHex(keyHint(name, publicKey))}+${toBase64(concatBytes(Uint8Array.of(1), publicKey))}`
}

/** A checkpoint as a signed note. `signature` is Ed25519 over `checkpointText`. */
export function signedCheckpoint(checkpoint: Checkpoint, publicKey: Uint8Array, signature: Uint8Array): string {
  const line = toBase64(concatBytes(keyHint(checkpoint.origin, publicKey), signature))
  return `${checkpointText(checkpoint)}\n— ${checkpoint.origin} ${line}\n`
}

/**
 * Reads a signed checkpoint and checks its signature by the log's verifier key.
 * @throws {AuthorityError} `statement-refused` if it is not a checkpoint of this key.
 */
export function verifiedCheckpoint(note: string, verifierKey: string): Checkpoint {
  const match = /^([^\n+ ]+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n\n((?:— [^\n]+\n)+)$/.exec(note)
  const [name, , key] = splitVerifierKey(verifierKey)
  const [, origin, size, root, signatures] = match ?? []
  const text = `${origin}\n${size}\n${root}\n`
  const isGenuine = origin === name && (signatures ?? '').trimEnd().split('\n').some((line) => isSignatureLine(line, name, key, text)) // prettier-ignore
  if (!isGenuine) throw new AuthorityError('statement-refused', 'The checkpoint is not signed by the log.')
  return { origin: name, treeSize: Number(size), rootHash: fromBase64(root ?? '') }
}

function splitVerifierKey(verifierKey: string): [name: string, hint: string, publicKey: Uint8Array] {
  const [name = '', hint = '', ...rest] = verifierKey.split('+')
  return [name, hint, fromBase64(rest.join('+')).subarray(1)]
}

function isSignatureLine(line: string, name: string, publicKey: Uint8Array, text: string): boolean {
  const [, signer, encoded = ''] = line.split(' ')
  if (signer !== name || !/^[A-Za-z0-9+/]+=*$/.test(encoded)) return false
  const bytes = fromBase64(encoded)
  return bytes.length === 68 && isSameBytes(bytes.subarray(0, 4), keyHint(name, publicKey)) && ed25519.verify(bytes.subarray(4), utf8ToBytes(text), publicKey)
}
