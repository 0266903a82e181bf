import { join } from 'node:path'
import type { TrustFile } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { assertValid } from '../../shared/validate.ts'
import { jsonText, trustLifetimeSeconds } from './generate-keys.ts'
import { keyPaths, writeWhole } from './key-files.ts'
import type { KeysInput } from './keys-input.ts'
import { openKey, readTrust } from './load-keys.ts'
import { signedTrustFile } from './signers.ts'

type Operators = TrustFile['operators']

/**
 * Signs the trust file again, with the next sequence and a new time. It may have expired; the root's sealed private key must be at hand.
 * @param changed the operators that it shall name, of those that it names.
 * @throws {AuthorityError} `key-sealed` if a file or setting does not fit, `invalid-request` if the operators do not have the form of the trust file.
 */
export async function renewTrust(input: KeysInput, changed: (operators: Operators) => Operators): Promise<TrustFile> {
  const read = await readTrust(input)
  if ('message' in read) throw refused(keyPaths.trust, read.message)
  const misfit = misfitOf(input, read.trust)
  if (misfit !== undefined) throw refused(keyPaths.trust, misfit)
  const root = await openKey(input, read, 'root')
  if ('message' in root) throw refused(root.file, root.message)
  const next = nextTrust(input, { ...read.trust, operators: changed(read.trust.operators) })
  assertValid('records/trust', next)
  await writeWhole(join(input.directory, keyPaths.trust), jsonText(await signedTrustFile(root.jwk, next)), 0o644)
  return next
}

/** The trust file that follows this one, by these settings, before it is signed. */
export function nextTrust({ rpId, origins, rosterDelaySeconds, clock }: KeysInput, trust: TrustFile): TrustFile {
  const issuedAtSeconds = clock.nowSeconds()
  const expiresAtSeconds = issuedAtSeconds + trustLifetimeSeconds
  return { ...trust, sequence: trust.sequence + 1, issuedAtSeconds, expiresAtSeconds, rpId, origins, rosterDelaySeconds }
}

/** A longer delay would count for statements made under the shorter one too, and take their reviewers out of the roster. */
function misfitOf({ issuer, environment, rosterDelaySeconds }: KeysInput, trust: TrustFile): string | undefined {
  if (trust.demo) return 'is a demo’s, which is signed again by itself when the server starts'
  if (trust.issuer !== issuer) return 'is of another issuer'
  if (trust.environment !== environment) return `is of the ${trust.environment} environment`
  return rosterDelaySeconds > trust.rosterDelaySeconds ? 'names a shorter roster delay, under which its reviewers were admitted' : undefined
}

function refused(file: string, message: string): AuthorityError {
  return new AuthorityError('key-sealed', `${file} ${message}.`, [{ pointer: `/${file}`, message }])
}
