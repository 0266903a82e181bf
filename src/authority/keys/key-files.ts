import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Where in the keys' folder things lie. */
export const keyPaths = { trust: 'public/trust.json', secret: 'private/secret', root: 'private/root.jwe' } as const

/** Path of a sealed private key, by the key's name such as `credential-1`. */
export function sealedKeyPath(name: string): string {
  return `private/${name}.jwe`
}

/** The text of a file, or undefined if there is none. Any other failure is thrown. */
export async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
}

/** Whether the folder has keys, or something that was keys: private files without a trust file may still be somebody's. */
export async function hasKeys(directory: string): Promise<boolean> {
  const found = await Promise.all(['private', keyPaths.trust].map((path) => stat(join(directory, path)).then(() => true, () => false))) // prettier-ignore
  return found.includes(true)
}

/** Whether anybody but the owner may read or change a file or folder. */
export async function isOpenToOthers(path: string): Promise<boolean> {
  return ((await stat(path)).mode & 0o077) !== 0
}

/** Writes a file whole or not at all: beside its place, flushed, then renamed. Its folder is made, for the owner alone unless the file is public. */
export async function writeWhole(path: string, text: string, mode: 0o600 | 0o644): Promise<void> {
  const folder = join(path, '..')
  await mkdir(folder, { recursive: true, mode: mode === 0o600 ? 0o700 : 0o755 })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = await open(draft, 'wx', mode)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await chmod(draft, mode)
  await rename(draft, path)
}

const finished = '.generated'
const parts = ['private', 'operators', 'public'] as const

/**
 * Puts a set of files into the keys' folder so that a crash at any moment leaves either none of them in use or a set that the next start completes.
 * If two processes do this at once, one set wins whole.
 */
export async function installWhole(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  const draft = join(directory, `.generating-${randomBytes(6).toString('hex')}`)
  for (const [path, text] of Object.entries(files)) await writeWhole(join(draft, path), text, path.startsWith('public/') ? 0o644 : 0o600)
  await rename(draft, join(directory, finished)).catch(() => rm(draft, { recursive: true, force: true }))
  await finishInstalling(directory)
}

/** Moves what a crashed `installWhole` left finished. `public` comes last: its presence says that the rest is there. */
export async function finishInstalling(directory: string): Promise<void> {
  // A rename onto a folder that has files fails: what is installed is never replaced.
  for (const part of parts) await rename(join(directory, finished, part), join(directory, part)).catch(() => undefined)
  // Another first start may be moving its own set here at this moment.
  await rm(join(directory, finished), { recursive: true, force: true, maxRetries: 5 })
}
