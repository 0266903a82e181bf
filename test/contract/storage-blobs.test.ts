import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose from 'mongoose'
import { openFileBlobStore } from '../../src/storage/files/open-file-blob-store.ts'
import { openGridFsBlobStore } from '../../src/storage/mongo/open-gridfs-blob-store.ts'
import { openMongoStore } from '../../src/storage/mongo/open-mongo-store.ts'
import type { MongoStore } from '../../src/storage/mongo/open-mongo-store.ts'
import { describeMongodb, dropDatabase, freshDatabaseName } from '../support/mongodb.ts'
import { blobContract, inChunks, nameOf } from './blobs.contract.ts'

describe('blob store on files', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'vouchsafe-blobs-'))
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  blobContract(async () => ({
    open: async () => openFileBlobStore({ directory }),
    leftovers: async () => readdirSync(join(directory, 'incoming')),
    destroy: async () => undefined,
  }))

  it('puts each blob two folders deep, readable by its owner alone', async () => {
    const bytes = Buffer.from('sealed')
    await openFileBlobStore({ directory }).put(nameOf(bytes), inChunks(bytes, 2), 100)
    const [owner = '', hash = ''] = nameOf(bytes).split('/')
    const path = join(directory, hash.slice(0, 2), hash.slice(2, 4), `${hash}.${owner}`)
    expect(readFileSync(path, 'utf8')).toBe('sealed')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('removes what a crash left half-written, but not what may be coming in now', () => {
    mkdirSync(join(directory, 'incoming'), { recursive: true })
    writeFileSync(join(directory, 'incoming', 'old.part'), 'half')
    utimesSync(join(directory, 'incoming', 'old.part'), 1_000_000, 1_000_000)
    writeFileSync(join(directory, 'incoming', 'young.part'), 'half')
    openFileBlobStore({ directory })
    expect(readdirSync(join(directory, 'incoming'))).toEqual(['young.part'])
  })

  it('answers store-unavailable, without naming paths, when the disk refuses', async () => {
    const blobs = openFileBlobStore({ directory })
    rmSync(join(directory, 'incoming'), { recursive: true })
    const bytes = Buffer.from('sealed')
    const refusal = blobs.put(nameOf(bytes), inChunks(bytes, 2), 100)
    await expect(refusal).rejects.toMatchObject({ code: 'store-unavailable', message: expect.not.stringContaining(directory) })
  })
})

describeMongodb('blob store on GridFS', (uri) => {
  let databaseName: string
  let store: MongoStore
  beforeEach(async () => {
    databaseName = freshDatabaseName()
    store = await openMongoStore({ uri, databaseName, validate: () => undefined })
  })
  afterEach(async () => {
    await store.close()
    await dropDatabase(uri, databaseName)
  })

  const collection = (name: string) => store.connection.getClient().db(databaseName).collection(`sealed.${name}`)
  const leftovers = async () => {
    const files = await collection('files').distinct('_id')
    const orphans = await collection('chunks').distinct('files_id', { files_id: { $nin: files } })
    return [...orphans, ...(await collection('incoming').distinct('_id'))].map(String)
  }

  blobContract(async () => ({ open: () => openGridFsBlobStore(store.connection), leftovers, destroy: async () => undefined }))

  it('removes the chunks of an upload that a crash ended, but not of one that may be coming in now', async () => {
    const old = mongoose.mongo.ObjectId.createFromTime(1_000_000)
    const young = new mongoose.mongo.ObjectId()
    for (const id of [old, young]) {
      await collection('incoming').insertOne({ _id: id })
      await collection('chunks').insertOne({ files_id: id, n: 0, data: Buffer.from('half') })
    }
    await openGridFsBlobStore(store.connection)
    expect(await leftovers()).toEqual([young.toString(), young.toString()])
  })

  it('keeps a finished upload whose mark was left behind', async () => {
    const old = mongoose.mongo.ObjectId.createFromTime(1_000_000)
    const name = nameOf(Buffer.alloc(0))
    await collection('incoming').insertOne({ _id: old })
    await collection('files').insertOne({ _id: old, length: 0, chunkSize: 1000, uploadDate: new Date(0), filename: name })
    const blobs = await openGridFsBlobStore(store.connection)
    expect(await blobs.sizeBytes(name)).toBe(0)
    expect(await leftovers()).toEqual([])
  })
})
