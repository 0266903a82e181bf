import mongoose from 'mongoose'

type Database = mongoose.mongo.Db
type ObjectId = mongoose.mongo.ObjectId

const leftoverAfterSeconds = 24 * 60 * 60

/**
 * Knows which GridFS uploads have begun and not ended, so that the chunks of one that never ends can be found and removed.
 * GridFS itself has no trace of those but the chunks.
 */
export function incomingUploads(database: Database, bucketName: string) {
  const marks = database.collection(`${bucketName}.incoming`)
  const files = database.collection(`${bucketName}.files`)
  const chunks = database.collection(`${bucketName}.chunks`)

  /** Removes an upload, finished or not: first what makes it visible, last its mark. */
  const discard = async (id: ObjectId) => {
    await files.deleteOne({ _id: id })
    await chunks.deleteMany({ files_id: id })
    await marks.deleteOne({ _id: id })
  }

  /** Marks an upload as begun while it runs; one that fails is discarded, now or, where the server does not answer, after the next start. */
  const during = async (id: ObjectId, upload: () => Promise<void>) => {
    await marks.insertOne({ _id: id })
    try {
      await upload()
    } catch (error) {
      await discard(id).catch(() => undefined)
      throw error
    }
    await marks.deleteOne({ _id: id }).catch(() => undefined)
  }

  /** Ends what began over a day ago: a finished upload loses its mark, an unfinished one its chunks. */
  const removeLeftovers = async () => {
    const before = mongoose.mongo.ObjectId.createFromTime(Math.floor(Date.now() / 1000) - leftoverAfterSeconds)
    for await (const { _id } of marks.find({ _id: { $lt: before } })) {
      if ((await files.findOne({ _id })) === null) await discard(_id)
      else await marks.deleteOne({ _id })
    }
  }

  return { discard, during, removeLeftovers }
}
