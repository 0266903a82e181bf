import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { authorityFromUrl } from '@vouchsafe/verify'
import { type Logger, pino } from 'pino'
import { findSession } from './authority/accounts/index.ts'
import { type Features, openFeatures } from './authority/features.ts'
import { createKeys, type Keys, keyWarnings, listKeyFaults, newOperatorKey, openKeys, renewTrust } from './authority/keys/index.ts'
import type { KeysInput } from './authority/keys/index.ts'
import { ConfigError, type FindFaults, loadConfig, type Loaded } from './config/load-config.ts'
import { createDemoIco } from './demo-ico/server.ts'
import { createAdminApp } from './http/admin-app.ts'
import { createApp } from './http/app.ts'
import { listen, type Listening } from './http/listen.ts'
import { createMetrics } from './http/metrics.ts'
import { errorForLog } from './http/request-log.ts'
import type { Authenticate } from './http/session-carrier.ts'
import { accountRoutes } from './http/routes/accounts.ts'
import { attestationRoutes } from './http/routes/attestations.ts'
import { caseRoutes } from './http/routes/cases.ts'
import { logRoutes } from './http/routes/log.ts'
import { problemRoutes } from './http/routes/problems.ts'
import { publicFileRoutes } from './http/routes/public-files.ts'
import { reviewRoutes } from './http/routes/review.ts'
import { rosterRoutes } from './http/routes/roster.ts'
import { vaultRoutes } from './http/routes/vault.ts'
import { type Clock, systemClock } from './shared/clock.ts'
import type { SchemaName, TrustFile } from './shared/contract/types.ts'
import { randomBytes } from './shared/ids.ts'
import { assertValid } from './shared/validate.ts'
import type { BlobStore } from './storage/blobs.ts'
import type { DocumentStore } from './storage/collection.ts'
import { openFileBlobStore } from './storage/files/open-file-blob-store.ts'
import { openGridFsBlobStore } from './storage/mongo/open-gridfs-blob-store.ts'
import { openMongoStore } from './storage/mongo/open-mongo-store.ts'
import { openSqliteStore } from './storage/sqlite/open-sqlite-store.ts'

export { keyWarnings, newOperatorKey }

/** What may be replaced when an authority is started: tests hold the clock, and are quiet. */
export interface Replaceable {
  readonly clock?: Clock
  readonly logger?: Logger
  /** The folder of built pages; none are served without it. */
  readonly pagesFolder?: string
  /** On in tests: a reply that its route does not declare is a failure. */
  readonly checkReplies?: boolean
}

/** A running authority. */
export interface Authority {
  readonly issuer: string
  readonly rootThumbprint: string
  readonly adminUrl: string
  /** The demo token-sale site, in the test environment. */
  readonly icoUrl: string | undefined
  readonly features: Features
  readonly store: DocumentStore
  readonly blobs: BlobStore
  /** Takes no new requests, ends what is under way, and closes the store. */
  close(): Promise<void>
}

/** All routes of the authority. */
export const routes = [
  ...accountRoutes,
  ...vaultRoutes,
  ...rosterRoutes,
  ...caseRoutes,
  ...reviewRoutes,
  ...attestationRoutes,
  ...logRoutes,
  ...publicFileRoutes,
  ...problemRoutes,
]

type Env = Readonly<Record<string, string | undefined>>
type Operators = TrustFile['operators']

/** What keeps the keys from being used with this configuration, for the one list of faults at start-up. */
const findKeyFaults: FindFaults = (loaded) => listKeyFaults(keysInput(loaded, systemClock))

/**
 * Reads the configuration from the environment, for this authority.
 * @throws {ConfigError} with all faults at once.
 */
export function loadSettings(env: Env): Promise<Loaded> {
  return loadConfig(env, findKeyFaults)
}

/**
 * Makes the keys of a new authority by the environment's settings, with its operators' public passkeys.
 * @returns false if the keys' folder has keys, for those are never replaced.
 * @throws {ConfigError} with all faults at once.
 */
export async function createAuthorityKeys(env: Env, operators: Operators, clock: Clock): Promise<boolean> {
  return createKeys({ ...(await sealedKeysInput(env, clock)), operators })
}

/**
 * Signs the authority's trust file again by the environment's settings; the root's private key must be at hand.
 * @throws {ConfigError} with all faults at once.
 * @throws {AuthorityError} `key-sealed`
 */
export async function renewAuthorityTrust(env: Env, changed: (operators: Operators) => Operators, clock: Clock): Promise<TrustFile> {
  return renewTrust(await sealedKeysInput(env, clock), changed)
}

async function sealedKeysInput(env: Env, clock: Clock): Promise<KeysInput & { readonly secret: Uint8Array }> {
  const loaded = await loadConfig(env)
  const { keySecret: secret } = loaded.secrets
  if (secret === undefined) throw new ConfigError(['VOUCHSAFE_KEY_SECRET must be set, for these keys are sealed with it'])
  return { ...keysInput(loaded, clock), secret }
}

/** Opens store, keys and log of an authority, which may be running elsewhere, without listening and without doing its duties: for audits. */
export async function openForAudit(loaded: Loaded): Promise<{ readonly features: Features; readonly close: () => Promise<void> }> {
  const keys = await openKeys(keysInput(loaded, systemClock))
  const { store, blobs } = await openStorage(loaded)
  try {
    const features = await openFeatures({ store, blobs, keys, clock: systemClock, random: randomBytes, dutyFailed: () => undefined })
    await features.duties.stop()
    return { features, close: () => store.close() }
  } catch (error) {
    await store.close()
    throw error
  }
}

/**
 * Starts an authority: keys, store, log, features, then the public port, the operators' port and, in the test environment, the demo site.
 * This is the one place that knows every adapter.
 * @throws {AuthorityError} `key-sealed`, `store-of-another-issuer`, `store-unavailable`; `EADDRINUSE` if a port is taken.
 */
export async function startAuthority(loaded: Loaded, replaceable: Replaceable = {}): Promise<Authority> {
  const { config } = loaded
  const { clock = systemClock, logger = pino({ level: config.logLevel }) } = replaceable
  const keys = await openKeys(keysInput(loaded, clock))
  const opened: Close[] = []
  const close = (): Promise<void> => closeAll(opened)
  try {
    const { store, blobs } = await openStorage(loaded)
    opened.push(() => store.close())
    const dutyFailed = (duty: string, error: unknown): void => logger.error({ duty, ...errorForLog(error) }, 'duty failed')
    const features = await openFeatures({ store, blobs, keys, clock, random: randomBytes, dutyFailed })
    opened.push(() => features.duties.stop())
    const { admin, ico } = await listenAll(loaded, replaceable, { features, keys, logger, opened })
    opened.push(warnOfKeys(keys, clock, logger))
    features.duties.kick()
    const adminUrl = `http://127.0.0.1:${String(admin.port)}`
    return { issuer: config.issuer, rootThumbprint: keys.rootThumbprint, features, store, blobs, adminUrl, icoUrl: ico && icoOrigin(ico.port), close }
  } catch (error) {
    // What is open would keep a process alive that has told its operator that it did not start.
    await close()
    throw error
  }
}

type Close = () => Promise<void> | void

/** Closes what was opened last first: no requests any more, then no duties, then no store. */
async function closeAll(opened: readonly Close[]): Promise<void> {
  for (const close of opened.toReversed()) await close()
}

const dayMilliseconds = 86_400_000

/** Warns of what the operators should see to, now and once a day. */
function warnOfKeys({ trust }: Keys, clock: Clock, logger: Logger): () => void {
  const warn = (): void => {
    for (const warning of keyWarnings(trust, clock.nowSeconds())) logger.warn(warning)
  }
  warn()
  const timer = setInterval(warn, dayMilliseconds).unref()
  return () => clearInterval(timer)
}

function keysInput({ config, secrets }: Loaded, clock: Clock): KeysInput {
  const { keysFolder, issuer, environment, rosterDelaySeconds } = config
  return { directory: keysFolder, secret: secrets.keySecret, issuer, environment, rpId: new URL(issuer).hostname, origins: [issuer], rosterDelaySeconds, clock }
}

async function openStorage({ config, secrets }: Loaded): Promise<{ readonly store: DocumentStore; readonly blobs: BlobStore }> {
  const validate = (schema: string, document: unknown): void => assertValid(schema as SchemaName, document)
  if (config.storeKind === 'mongodb') {
    const store = await openMongoStore({ uri: secrets.storeAddress, validate })
    return { store, blobs: await openGridFsBlobStore(store.connection) }
  }
  const store = openSqliteStore({ path: secrets.storeAddress, validate })
  return { store, blobs: openFileBlobStore({ directory: join(config.dataFolder, 'blobs') }) }
}

interface Parts {
  readonly features: Features
  readonly keys: Keys
  readonly logger: Logger
  /** Is told how to close what listens. */
  readonly opened: Close[]
}

async function listenAll({ config }: Loaded, { clock = systemClock, pagesFolder, checkReplies }: Replaceable, { features, keys, logger, opened }: Parts) {
  const { registry, observe } = createMetrics()
  const { issuer } = config
  const app = createApp({
    routes,
    deps: { features },
    issuer,
    authenticate: authenticator(features),
    logger,
    observe,
    ...(pagesFolder && { pagesFolder }),
    ...(checkReplies && { checkReplies }),
  })
  const admin = createAdminApp({ registry, notReady: () => notReady(features) })
  const closedLater = async (starting: Promise<Listening>): Promise<Listening> => {
    const listening = await starting
    opened.push(() => listening.close())
    return listening
  }
  await closedLater(listen(app, config.port))
  return {
    admin: await closedLater(listen(admin, config.adminPort, '127.0.0.1')),
    ico: config.environment === 'test' ? await closedLater(listenIco(config, keys.rootThumbprint, clock, pagesFolder)) : undefined,
  }
}

function authenticator(features: Features): Authenticate {
  return async (token) => {
    const session = await findSession(features, token)
    return session && { kind: session.principal.startsWith('operator_') ? 'operator' : 'account', id: session.principal, session: session.id }
  }
}

async function notReady({ audit }: Features): Promise<readonly string[]> {
  return audit.catchUp().then(() => [], () => ['store']) // prettier-ignore
}

/** The demo site is a stranger to the authority: it has its own origin and knows the public files alone. */
async function listenIco({ issuer, icoPort }: Loaded['config'], rootThumbprint: string, clock: Clock, pagesFolder: string | undefined): Promise<Listening> {
  const site: { app?: RequestListener } = {}
  const listening = await listen((request, response) => site.app?.(request, response), icoPort, '127.0.0.1')
  const pagesDirectory = pagesFolder && join(pagesFolder, 'demo-ico')
  // It asks for the status at each visit, so that a revocation shows at once.
  const authority = authorityFromUrl({ issuer, rootThumbprint, maxCacheSeconds: 1 })
  site.app = createDemoIco({ origin: icoOrigin(listening.port), authority, clock, ...(pagesDirectory && { pagesDirectory }) })
  return listening
}

function icoOrigin(port: number): string {
  return `http://127.0.0.1:${String(port)}`
}
