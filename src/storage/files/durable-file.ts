import { randomUUID } from 'node:crypto'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isMissing, onDisk } from './disk.ts'

const leftoverAfterMs = 60 * 60 * 1000

/** A fresh path for bytes that are still coming in. */
export function incomingFile(incoming: string): string {
  return join(incoming, `${randomUUID()}.part`)
}

/** Writes a new file with mode 0600 and resolves when its bytes are on disk. What the source throws passes through unchanged. */
export async function writeDurably(path: string, bytes: AsyncIterable<Uint8Array>): Promise<{ readonly sizeBytes: number }> {
  const file = await onDisk(() => open(path, 'wx', 0o600))
  try {
    let sizeBytes = 0
    for await (const chunk of bytes) sizeBytes += await writeWhole(file, chunk)
    await onDisk(() => file.sync())
    return { sizeBytes }
  } finally {
    await file.close()
  }
}

/** Makes a directory below `root`, and puts every entry that leads to it on disk: a file is not durable in a folder that is not. */
export async function makeDurableDirectory(root: string, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  for (let above = dirname(directory); above.length >= root.length; above = dirname(above)) await syncDirectory(above)
}

/** Puts a directory's entries on disk: a rename survives a power cut only then. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Removes what was left half-written over an hour ago; younger files may be another process's uploads under way. */
export function removeLeftovers(incoming: string): void {
  for (const name of readdirSync(incoming)) {
    const path = join(incoming, name)
    if (Date.now() - modifiedMs(path) > leftoverAfterMs) rmSync(path, { force: true })
  }
}

/** A file that another process has just removed counts as young. */
function modifiedMs(path: string): number {
  try {
    return statSync(path).mtimeMs
  } catch (error) {
    if (isMissing(error)) return Date.now()
    throw error
  }
}

async function writeWhole(file: FileHandle, chunk: Uint8Array): Promise<number> {
  for (let at = 0; at < chunk.length;) {
    const { bytesWritten } = await onDisk(() => file.write(chunk, at))
    at += bytesWritten
  }
  return chunk.length
}
