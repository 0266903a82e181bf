import { createReadStream, mkdirSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlobStore } from '../blobs.ts'
import { assertBlobName, checkedBytes } from '../checked-bytes.ts'
import { isMissing, onDisk, readingFromDisk } from './disk.ts'
import { incomingFile, makeDurableDirectory, removeLeftovers, syncDirectory, writeDurably } from './durable-file.ts'

/** Where blobs are kept: `ab/cd/abcd…`, so that no directory grows large. What is not yet whole is in `incoming/`. */
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
  const folderOf = (sha256Hex: string) => join(directory, sha256Hex.slice(0, 2), sha256Hex.slice(2, 4))
  const pathOf = (sha256Hex: string) => {
    assertBlobName(sha256Hex)
    return join(folderOf(sha256Hex), sha256Hex)
  }
  const sizeBytes = async (sha256Hex: string) => (await statOrMissing(pathOf(sha256Hex)))?.size

  return {
    sizeBytes,

    put: async (sha256Hex, bytes, maxSizeBytes) => {
      const path = pathOf(sha256Hex)
      const temporary = incomingFile(incoming)
      try {
        const written = await writeDurably(temporary, checkedBytes(bytes, { sha256Hex, maxSizeBytes }))
        await onDisk(() => makeDurableDirectory(directory, folderOf(sha256Hex)))
        await onDisk(() => rename(temporary, path))
        await onDisk(() => syncDirectory(folderOf(sha256Hex)))
        return written
      } finally {
        await rm(temporary, { force: true })
      }
    },

    get: async (sha256Hex) => {
      const path = pathOf(sha256Hex)
      const size = await sizeBytes(sha256Hex)
      return size === undefined ? undefined : { sizeBytes: size, bytes: readingFromDisk(() => createReadStream(path)) }
    },

    remove: async (sha256Hex) => {
      const path = pathOf(sha256Hex)
      if ((await statOrMissing(path)) === undefined) return
      await onDisk(() => rm(path, { force: true }))
      await onDisk(() => syncDirectory(folderOf(sha256Hex)))
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

async function* listNames(directory: string): AsyncGenerator<string> {
  for (const first of await fanOut(directory)) {
    for (const second of await fanOut(join(directory, first))) {
      yield* (await onDisk(() => readdir(join(directory, first, second)))).sort()
    }
  }
}

async function fanOut(directory: string): Promise<string[]> {
  const names = await onDisk(() => readdir(directory))
  return names.filter((name) => /^[0-9a-f]{2}$/.test(name)).sort()
}
