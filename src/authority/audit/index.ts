export { logSegments } from './collections.ts'
export { type AuditLog, type Intent, type LogSigner, openLog } from './log.ts'
