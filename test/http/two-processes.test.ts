import { join } from 'node:path'
import { pino } from 'pino'
import { startAuthority, type Authority } from '../../src/compose.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { refillCredentials } from '../../src/device/wallet/refill-credentials.ts'
import { revoke } from '../../src/device/wallet/revoke.ts'
import { apply, approve, enrolReviewers, newApplicant } from '../support/people.ts'
import { freePorts, startTestAuthority, type TestAuthority } from '../support/test-authority.ts'

/** Two authorities over one store and one set of keys, as behind a load balancer; every second request goes to the other. */
describe('two processes of one authority', () => {
  let first: TestAuthority
  let second: Authority
  const untouched = globalThis.fetch

  beforeAll(async () => {
    first = await startTestAuthority()
    const [port = 0, adminPort = 0, icoPort = 0] = await freePorts(3)
    const loaded = await loadConfig({
      VOUCHSAFE_ISSUER: first.issuer,
      VOUCHSAFE_PORT: String(port),
      VOUCHSAFE_ADMIN_PORT: String(adminPort),
      VOUCHSAFE_ICO_PORT: String(icoPort),
      VOUCHSAFE_DATA: join(first.folder, 'data'),
      VOUCHSAFE_KEYS: join(first.folder, 'keys'),
    })
    second = await startAuthority(loaded, { logger: pino({ level: 'silent' }) })
    let requests = 0
    globalThis.fetch = (input, init) => {
      const isOurs = typeof input === 'string' && input.startsWith(first.issuer)
      const target = isOurs && requests++ % 2 === 1 ? input.replace(first.issuer, `http://localhost:${String(port)}`) : input
      return untouched(target, init)
    }
  }, 60_000)
  afterAll(async () => {
    globalThis.fetch = untouched
    await second.close()
    await first.close()
  })

  it('do one attestation together, whichever of them is asked', async () => {
    const consoles = await enrolReviewers(first, 3)
    const wallet = await newApplicant(first, 'two-processes')
    const { case: drawn } = await apply(wallet)
    await Promise.all([approve(consoles[0]!, drawn.case), approve(consoles[2]!, drawn.case)])
    await Promise.all([first.features.duties.settle(), second.features.duties.settle()])
    const [attestation, ...others] = (await wallet.api.attestations()).data
    expect(others).toEqual([])
    expect(await refillCredentials(wallet, { attestation: attestation!.attestation, format: 'vc+jwt', count: 5 })).toHaveLength(5)
    expect(await refillCredentials(wallet, { attestation: attestation!.attestation, format: 'vc+jwt', count: 5 })).toHaveLength(5)
    await revoke(wallet, attestation!.attestation)
    const { batches } = (await second.features.attestations.get(attestation!.attestation))!
    const counters = batches.flatMap(({ firstCounter, count }) => Array.from({ length: count }, (_, n) => firstCounter + n))
    expect(new Set(counters).size).toBe(10)
  }, 120_000)
})
