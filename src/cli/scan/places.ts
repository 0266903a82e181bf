import { randomBytes } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import mongoose from 'mongoose'

/** Something to look through. */
export interface Place {
  readonly name: string
  readonly bytes: Buffer
}

/** How the names of collections begin in which a control is planted. */
export const mongoControlName = 'scan-control'

/** Every file under a folder, or the one file that is named; names that `isSkipped` knows are left out with all that is in them. */
export async function* filesUnder(path: string, isSkipped: (path: string) => boolean): AsyncGenerator<Place> {
  if (isSkipped(path)) return
  if ((await stat(path)).isFile()) {
    yield { name: path, bytes: await readFile(path) }
    return
  }
  for (const { name } of await readdir(path, { withFileTypes: true })) yield* filesUnder(join(path, name), isSkipped)
}

/** Every document of every collection of a MongoDB database, as the BSON that is stored and as JSON. */
export async function* mongoDocuments(uri: string): AsyncGenerator<Place> {
  const connection = await mongoose.createConnection(uri).asPromise()
  try {
    for (const { collectionName } of (await connection.db?.collections()) ?? []) {
      const documents = connection.collection(collectionName).find({}, { raw: true } as object)
      for await (const document of documents)
        yield { name: `${uri.split('@').at(-1) ?? ''} ${collectionName}`, bytes: Buffer.from(document as unknown as Uint8Array) }
    }
  } finally {
    await connection.close()
  }
}

/** Puts texts and bytes into a MongoDB database, in a collection of its own. @returns what takes it out again. */
export async function plantInMongo(uri: string, planted: Readonly<Record<string, string | Buffer>>): Promise<() => Promise<void>> {
  const collectionName = `${mongoControlName}-${randomBytes(4).toString('hex')}`
  const connection = await mongoose.createConnection(uri).asPromise()
  await connection.collection(collectionName).insertOne({ ...planted })
  return async () => {
    await connection.collection(collectionName).drop()
    await connection.close()
  }
}
