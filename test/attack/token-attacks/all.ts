import type { Attack } from './attack.ts'
import { bundleAttacks, statusAttacks, trustAttacks } from './authority.ts'
import { credentialAttacks } from './credential.ts'
import { presentationAttacks } from './presentation.ts'
import { spellingAttacks } from './spelling.ts'

/** Every attack on the verifier, by what it attacks. */
export const tokenAttacks: Readonly<Record<string, readonly Attack[]>> = {
  spelling: spellingAttacks,
  presentation: presentationAttacks,
  credential: credentialAttacks,
  status: statusAttacks,
  trust: trustAttacks,
  bundle: bundleAttacks,
}
