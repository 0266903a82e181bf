import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { loadSettings, openForAudit } from '../../compose.ts'
import { CliError, usageError } from '../cli-error.ts'
import { argumentsOf, textOption } from '../command.ts'
import type { CliContext } from '../context.ts'
import { listKeys } from '../keys-list.ts'
import { type AuditReport, verifyLog } from './verify-log.ts'

/** `audit verify [--checkpoint FILE]`, beside a running authority or without one. Exit code 1 if anything does not agree. */
export async function audit(context: CliContext, [what, ...args]: readonly string[]): Promise<readonly string[]> {
  if (what !== 'verify') throw usageError('Run: vouchsafe audit verify [--checkpoint FILE]')
  const file = textOption(argumentsOf({ checkpoint: { type: 'string' } }, args), 'checkpoint')
  const earlier = file === undefined ? undefined : await readFile(resolve(context.cwd, file), 'utf8')
  await listKeys(context) // An audit makes no keys: without any there is nothing to audit.
  const { features, close } = await openForAudit(await loadSettings(context.env))
  try {
    return auditLines(await verifyLog(features, earlier))
  } finally {
    await close()
  }
}

/** The report as it is printed. @throws {CliError} `audit-failed` with each fault. */
export function auditLines({ entries, inForce, voids, documents, rootHash, faults }: AuditReport): readonly string[] {
  if (faults.length > 0) throw new CliError('audit-failed', faults.join('\n'))
  return [
    `Log of ${entries} entries, root ${rootHash}`,
    `${inForce} acts in force, ${voids} void, on ${documents} documents: each document is what its last act made of it.`,
  ]
}
