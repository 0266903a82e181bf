import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeviceMemory } from '../device/device-memory.ts'
import type { SoftwareCredential } from '../device/software-passkey.ts'
import type { VaultKey } from '../device/vault/vault-index.ts'
import { CliError, usageError } from './cli-error.ts'

/** Who a profile is, once it has joined. Secret: it holds the vault's key, as a phone's storage would. */
export interface ProfileAccount {
  readonly key: VaultKey
  readonly credentialId: string
}

/** A session that is not over yet. */
export interface ProfileSession {
  readonly principal: string
  readonly token: string
  readonly expiresAtSeconds: number
}

/** A device on disk: a folder that only its owner can enter (0700), with files that only its owner can read (0600). */
export interface Profile {
  readonly name: string
  readonly folder: string
  readonly memory: DeviceMemory
  read<T>(part: ProfilePart): Promise<T | undefined>
  write(part: ProfilePart, value: unknown): Promise<void>
}

/** The files of a profile. */
export type ProfilePart = 'settings' | 'account' | 'passkeys' | 'session' | 'work'

/** The parts and their content. */
export interface ProfileParts {
  readonly settings: { readonly issuer: string }
  readonly account: ProfileAccount
  readonly passkeys: readonly SoftwareCredential[]
  readonly session: ProfileSession
  /** What the person was at: the case, the specimen that the documents were drawn of. */
  readonly work: { readonly case?: string | undefined; readonly specimen?: string }
}

/**
 * Opens a profile, making its folder if it is new.
 * @throws {CliError} `usage` for a name that is not letters, digits and hyphens.
 */
export async function openProfile(dataFolder: string, name: string): Promise<Profile> {
  if (!/^[a-z0-9][a-z0-9-]{0,40}$/.test(name)) throw usageError('A profile name is small letters, digits and hyphens.')
  const folder = join(dataFolder, 'profiles', name)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  const read = <T>(part: string): Promise<T | undefined> => readJson<T>(join(folder, `${part}.json`))
  const write = (part: string, value: unknown): Promise<void> => writeWhole(join(folder, `${part}.json`), JSON.stringify(value, undefined, 2))
  return { name, folder, read, write, memory: fileMemory(read, write) }
}

/** A part that must be there. @throws {CliError} */
export async function required<P extends ProfilePart>(profile: Profile, part: P, hint: string): Promise<ProfileParts[P]> {
  const value = await profile.read<ProfileParts[P]>(part)
  if (value === undefined) throw new CliError('not-joined', hint)
  return value
}

/** Writes a file whole or not at all, readable by its owner alone. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}

/** Overwrites the files of a folder, then removes it. What a disk keeps of overwritten blocks is out of our reach. */
export async function wipeFolder(folder: string, files: readonly string[]): Promise<void> {
  for (const name of files) await overwrite(join(folder, name))
  await rm(folder, { recursive: true, force: true })
}

async function overwrite(path: string): Promise<void> {
  const file = await open(path, 'r+').catch(() => undefined)
  if (file === undefined) return
  const { size } = await file.stat()
  await file.write(new Uint8Array(size), 0, size, 0)
  await file.sync()
  await file.close()
}

function fileMemory(read: <T>(part: string) => Promise<T | undefined>, write: (part: string, value: unknown) => Promise<void>): DeviceMemory {
  const values = async (): Promise<Record<string, string>> => (await read('memory')) ?? {}
  return {
    get: async (key) => (await values())[key],
    set: async (key, value) => write('memory', { ...(await values()), [key]: value }),
  }
}

async function readJson<T>(path: string): Promise<T | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  return text === undefined ? undefined : (JSON.parse(text) as T)
}
