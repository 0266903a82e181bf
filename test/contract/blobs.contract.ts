import { createHash, randomBytes } from 'node:crypto'
import { type BlobName, blobName, type BlobStore } from '../../src/storage/blobs.ts'

/** One empty blob store of the kind under test, that can be opened again and again. */
export interface BlobHarness {
  open(): Promise<BlobStore>
  /** What lies in the store's own places besides whole blobs: temporary files, chunks that belong to nothing. */
  leftovers(): Promise<readonly string[]>
  destroy(): Promise<void>
}

const limit = 10_000_000

/** What every blob store must do. */
export function blobContract(createHarness: () => Promise<BlobHarness>): void {
  let harness: BlobHarness
  let blobs: BlobStore

  beforeEach(async () => {
    harness = await createHarness()
    blobs = await harness.open()
  })
  afterEach(() => harness.destroy())

  it('gives back the bytes that were put, and their size', async () => {
    const bytes = randomBytes(700_001)
    expect(await blobs.put(nameOf(bytes), inChunks(bytes, 65_537), limit)).toEqual({ sizeBytes: 700_001 })
    const found = await blobs.get(nameOf(bytes))
    expect(found?.sizeBytes).toBe(700_001)
    expect(Buffer.compare(await collected(found!.bytes), bytes)).toBe(0)
    expect(await blobs.sizeBytes(nameOf(bytes))).toBe(700_001)
    expect(await harness.leftovers()).toEqual([])
  })

  it('keeps a blob without bytes', async () => {
    const nothing = Buffer.alloc(0)
    expect(await blobs.put(nameOf(nothing), inChunks(nothing, 1), limit)).toEqual({ sizeBytes: 0 })
    expect(await blobs.sizeBytes(nameOf(nothing))).toBe(0)
    expect(await collected((await blobs.get(nameOf(nothing)))!.bytes)).toHaveLength(0)
  })

  it('has nothing under a name that was never put', async () => {
    expect(await blobs.get(nameOf(Buffer.from('never')))).toBeUndefined()
    expect(await blobs.sizeBytes(nameOf(Buffer.from('never')))).toBeUndefined()
  })

  it('takes the same blob twice, also at once', async () => {
    const bytes = randomBytes(300_000)
    await Promise.all([1, 2, 3].map(() => blobs.put(nameOf(bytes), inChunks(bytes, 10_000), limit)))
    await blobs.put(nameOf(bytes), inChunks(bytes, 10_000), limit)
    expect(await listed(blobs)).toEqual([nameOf(bytes)])
    expect(Buffer.compare(await collected((await blobs.get(nameOf(bytes)))!.bytes), bytes)).toBe(0)
  })

  it('refuses bytes with another hash, and keeps nothing of them', async () => {
    const bytes = randomBytes(600_000)
    const name = nameOf(Buffer.from('something else'))
    await expect(blobs.put(name, inChunks(bytes, 50_000), limit)).rejects.toMatchObject({ code: 'hash-mismatch' })
    expect(await blobs.get(name)).toBeUndefined()
    expect(await listed(blobs)).toEqual([])
    expect(await harness.leftovers()).toEqual([])
  })

  it('refuses more bytes than allowed, and takes exactly as many', async () => {
    const bytes = randomBytes(5000)
    await expect(blobs.put(nameOf(bytes), inChunks(bytes, 1000), 4999)).rejects.toMatchObject({ code: 'body-too-large' })
    expect(await blobs.get(nameOf(bytes))).toBeUndefined()
    expect(await harness.leftovers()).toEqual([])
    await expect(blobs.put(nameOf(bytes), inChunks(bytes, 1000), 5000)).resolves.toEqual({ sizeBytes: 5000 })
  })

  it('stops reading an endless stream at the limit', async () => {
    let given = 0
    async function* endless() {
      for (;;) {
        given += 1000
        yield Buffer.alloc(1000)
      }
    }
    await expect(blobs.put(blobName(owner, '0'.repeat(64)), endless(), 100_000)).rejects.toMatchObject({ code: 'body-too-large' })
    expect(given).toBeLessThan(300_000)
  })

  it('keeps nothing of a stream that breaks off, and passes its error on', async () => {
    const bytes = randomBytes(600_000)
    const broken = new Error('the client went away')
    async function* breaking() {
      yield bytes.subarray(0, 500_000)
      throw broken
    }
    await expect(blobs.put(nameOf(bytes), breaking(), limit)).rejects.toBe(broken)
    expect(await blobs.get(nameOf(bytes))).toBeUndefined()
    expect(await harness.leftovers()).toEqual([])
  })

  it('leaves the stored blob alone when a later stream under its name is wrong', async () => {
    const bytes = randomBytes(1000)
    await blobs.put(nameOf(bytes), inChunks(bytes, 100), limit)
    await expect(blobs.put(nameOf(bytes), inChunks(randomBytes(1000), 100), limit)).rejects.toMatchObject({ code: 'hash-mismatch' })
    expect(Buffer.compare(await collected((await blobs.get(nameOf(bytes)))!.bytes), bytes)).toBe(0)
  })

  it('removes a blob, and takes the removal of what is gone for done', async () => {
    const bytes = randomBytes(300_000)
    await blobs.put(nameOf(bytes), inChunks(bytes, 100_000), limit)
    await blobs.remove(nameOf(bytes))
    expect(await blobs.get(nameOf(bytes))).toBeUndefined()
    await expect(blobs.remove(nameOf(bytes))).resolves.toBeUndefined()
    expect(await harness.leftovers()).toEqual([])
  })

  it('lists the names of all blobs', async () => {
    const all = Array.from({ length: 12 }, (_, at) => Buffer.from(`blob ${at}`))
    for (const bytes of all) await blobs.put(nameOf(bytes), inChunks(bytes, 3), limit)
    expect((await listed(blobs)).sort()).toEqual(all.map((bytes) => nameOf(bytes)).sort())
  })

  it('has what it acknowledged when it is opened again', async () => {
    const bytes = randomBytes(2000)
    await blobs.put(nameOf(bytes), inChunks(bytes, 500), limit)
    const again = await harness.open()
    expect(Buffer.compare(await collected((await again.get(nameOf(bytes)))!.bytes), bytes)).toBe(0)
  })

  it('keeps equal bytes of two owners apart: removing one leaves the other', async () => {
    const bytes = randomBytes(1000)
    const [mine, yours] = [nameOf(bytes), nameOf(bytes, `account_${'b'.repeat(26)}`)]
    await blobs.put(mine, inChunks(bytes, 100), limit)
    await blobs.put(yours, inChunks(bytes, 100), limit)
    await blobs.remove(mine)
    expect(await blobs.get(mine)).toBeUndefined()
    expect(await blobs.sizeBytes(yours)).toBe(1000)
  })

  const hashes = ['', '..', '../'.repeat(21) + 'a', 'A'.repeat(64), 'g'.repeat(64), '0'.repeat(63), '0'.repeat(65), `${'0'.repeat(64)}\n`]
  const owners = ['', '..', 'case_', 'person_aaaaaaaaaaaaaaaaaaaaaaaaaa', `../${owner}`, `${owner}/x`]
  it.each([...hashes.map((hash) => blobName(owner, hash)), ...owners.map((wrong) => blobName(wrong, '0'.repeat(64)))])(
    'refuses the name %j everywhere',
    async (name) => {
      const refused = { code: 'invalid-request' }
      await expect(blobs.put(name, inChunks(Buffer.from('x'), 1), limit)).rejects.toMatchObject(refused)
      await expect(blobs.get(name)).rejects.toMatchObject(refused)
      await expect(blobs.sizeBytes(name)).rejects.toMatchObject(refused)
      await expect(blobs.remove(name)).rejects.toMatchObject(refused)
    },
  )
}

const owner = `case_${'a'.repeat(26)}`

/** The name of a blob with these bytes, kept by one case unless another owner is named. */
export function nameOf(bytes: Uint8Array, keptBy = owner): BlobName {
  return blobName(keptBy, createHash('sha256').update(bytes).digest('hex'))
}

/** The bytes as a stream of pieces. */
export async function* inChunks(bytes: Uint8Array, sizeBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += sizeBytes) yield bytes.subarray(at, at + sizeBytes)
}

async function collected(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function listed(blobs: BlobStore): Promise<BlobName[]> {
  const names: BlobName[] = []
  for await (const name of blobs.list()) names.push(name)
  return names
}
