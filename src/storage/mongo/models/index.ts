import type { RecordSchemas } from './record-schema.ts'

/** Every collection that MongoDB keeps, by name: one file each. A collection that is not here cannot be opened. */
export const recordSchemas: RecordSchemas = {}
