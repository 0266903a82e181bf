/**
 * Checks a document against the JSON Schema of that name in `schemas/records/`, and throws if it does not fit.
 * Adapters call it before each write; a document that it refuses is a bug, and never reaches the disk.
 */
export type ValidateDocument = (schema: string, document: unknown) => void
