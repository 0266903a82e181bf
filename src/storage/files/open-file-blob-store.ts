import { createReadStream, mkdirSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type BlobName, blobName, type BlobStore } from '../blobs.ts'
import { partsOfBlobName, checkedBytes } from '../checked-bytes.ts'
import { isMissing, onDisk, readingFromDisk } from './disk.ts'
import { incomingFile, makeDurableDirectory, removeLeftovers, syncDirectory, writeDurably } from './durable-file.ts'

/** Where blobs are kept: `ab/cd/abcd….owner`, so that no directory grows large. What is not yet whole is in `incoming/`. */
export interface FileBlobStoreOptions {
  readonly directory: string
}

/**
 * Keeps sealed files in a directory of its own, mode 0600. A blob appears under its name by one atomic rename, after its bytes are on disk.
 * Several processes may share the directory. Opening removes what a crash left half-written.
 */
export function openFileBlobStore({ directory }: FileBlobStoreOptions): BlobStore {
  const incoming = join(directory, 'incoming')
  mkdirSync(incoming, { recursive: true, mode: 0o700 })
  removeLeftovers(incoming)
  const placeOf = (name: BlobName) => {
    const { owner, sha256Hex } = partsOfBlobName(name)
    const folder = join(directory, sha256Hex.slice(0, 2), sha256Hex.slice(2, 4))
    return { folder, path: join(folder, `${sha256Hex}.${owner}`), sha256Hex }
  }
  const sizeBytes = async (name: BlobName) => (await statOrMissing(placeOf(name).path))?.size

  return {
    sizeBytes,

    put: async (name, bytes, maxSizeBytes) => {
      const { folder, path, sha256Hex } = placeOf(name)
      const temporary = incomingFile(incoming)
      try {
        const written = await writeDurably(temporary, checkedBytes(bytes, { sha256Hex, maxSizeBytes }))
        await onDisk(() => makeDurableDirectory(directory, folder))
        await onDisk(() => rename(temporary, path))
        await onDisk(() => syncDirectory(folder))
        return written
      } finally {
        await rm(temporary, { force: true })
      }
    },

    get: async (name) => {
      const { path } = placeOf(name)
      const size = await sizeBytes(name)
      return size === undefined ? undefined : { sizeBytes: size, bytes: readingFromDisk(() => createReadStream(path)) }
    },

    remove: async (name) => {
      const { folder, path } = placeOf(name)
      if ((await statOrMissing(path)) === undefined) return
      await onDisk(() => rm(path, { force: true }))
      await onDisk(() => syncDirectory(folder))
    },

    list: () => listNames(directory),
  }
}

async function statOrMissing(path: string) {
  try {
    return await stat(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    return onDisk(() => Promise.reject(error as Error))
  }
}

async function* listNames(directory: string): AsyncGenerator<BlobName> {
  for (const first of await fanOut(directory)) {
    for (const second of await fanOut(join(directory, first))) {
      for (const file of (await onDisk(() => readdir(join(directory, first, second)))).sort()) yield nameOfFile(file)
    }
  }
}

function nameOfFile(file: string): BlobName {
  const [sha256Hex = '', owner = ''] = file.split('.')
  return blobName(owner, sha256Hex)
}

async function fanOut(directory: string): Promise<string[]> {
  const names = await onDisk(() => readdir(directory))
  return names.filter((name) => /^[0-9a-f]{2}$/.test(name)).sort()
}
