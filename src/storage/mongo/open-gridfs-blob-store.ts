import mongoose from 'mongoose'
import type { Connection } from 'mongoose'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { BlobName, BlobStore } from '../blobs.ts'
import { checkedBytes, partsOfBlobName } from '../checked-bytes.ts'
import { incomingUploads } from './incoming-uploads.ts'
import { answering, storeError } from './mongo-error.ts'

type Bucket = mongoose.mongo.GridFSBucket
type StoredFile = mongoose.mongo.GridFSFile

const bucketName = 'sealed'

/**
 * Keeps sealed files in MongoDB's GridFS, for several server processes without a shared disk; `connection` is a Mongo store's own.
 * A blob becomes visible by the insertion of its `files` document, after all its chunks are on disk at a majority.
 * Two uploads of the same bytes at once make two equal copies under one name; removing removes both. Opening removes what a crash left half-written.
 */
export async function openGridFsBlobStore(connection: Connection): Promise<BlobStore> {
  const database = connection.getClient().db(connection.name)
  const bucket = new mongoose.mongo.GridFSBucket(database, { bucketName, writeConcern: { w: 'majority', journal: true } })
  const incoming = incomingUploads(database, bucketName)
  await answering(() => incoming.removeLeftovers())

  return {
    put: async (name, bytes, maxSizeBytes) => {
      const { sha256Hex } = partsOfBlobName(name)
      const upload = bucket.openUploadStream(name)
      const checked = Readable.from(checkedBytes(bytes, { sha256Hex, maxSizeBytes }), { objectMode: false })
      await answering(() => incoming.during(upload.id, () => pipeline(checked, upload)))
      return { sizeBytes: upload.length }
    },

    get: async (name) => {
      const [file] = await filesOf(bucket, name)
      return file === undefined ? undefined : { sizeBytes: file.length, bytes: readFile(bucket, file) }
    },

    sizeBytes: async (name) => (await filesOf(bucket, name))[0]?.length,

    remove: async (name) => {
      for (const { _id } of await filesOf(bucket, name)) await answering(() => incoming.discard(_id))
    },

    list: () => listNames(bucket),
  }
}

function filesOf(bucket: Bucket, name: BlobName): Promise<StoredFile[]> {
  partsOfBlobName(name)
  return answering(() => bucket.find({ filename: { $eq: name } }).toArray())
}

async function* readFile(bucket: Bucket, { _id }: StoredFile): AsyncGenerator<Uint8Array> {
  try {
    yield* bucket.openDownloadStream(_id) as AsyncIterable<Uint8Array>
  } catch (error) {
    throw storeError(error)
  }
}

/** Equal names stand next to each other, so that copies are told apart from the next blob by comparing with the last name. */
async function* listNames(bucket: Bucket): AsyncGenerator<BlobName> {
  let last: string | undefined
  try {
    for await (const { filename } of bucket.find({}, { sort: { filename: 1 }, projection: { filename: 1 } })) {
      if (filename !== last) yield filename as BlobName
      last = filename
    }
  } catch (error) {
    throw storeError(error)
  }
}
