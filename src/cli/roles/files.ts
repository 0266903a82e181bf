import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { EvidenceType, Side } from '../../shared/contract/types.ts'
import { type Arguments, requiredOption, textOption } from '../command.ts'
import { CliError, usageError } from '../cli-error.ts'
import type { CliContext } from '../context.ts'

const types: readonly EvidenceType[] = [
  'passport', 'identity-card', 'driving-licence', 'residence-registration', 'temporary-registration', 'financial-document', 'selfie-with-document', 'fields',
] // prettier-ignore
const sides: readonly Side[] = ['front', 'back', 'single']

/** Reads a file that the person named. @throws {CliError} `no-such-file` */
export async function readNamed({ cwd }: CliContext, path: string): Promise<Uint8Array> {
  return readFile(resolve(cwd, path)).catch(() => {
    throw new CliError('no-such-file', `The file ${path} cannot be read.`)
  })
}

/** What a picture shows, out of `--type` and `--side`. @throws {CliError} `usage` */
export function placeOf(args: Arguments): { readonly type: EvidenceType; readonly side: Side } {
  return { type: evidenceType(requiredOption(args, 'type')), side: sideOf(textOption(args, 'side') ?? 'single') }
}

/** An evidence type as typed. @throws {CliError} `usage` */
export function evidenceType(text: string): EvidenceType {
  const found = types.find((type) => type === text)
  if (found === undefined) throw usageError(`A type is one of: ${types.join(', ')}.`)
  return found
}

/** A side as typed. @throws {CliError} `usage` */
export function sideOf(text: string): Side {
  const found = sides.find((side) => side === text)
  if (found === undefined) throw usageError(`A side is one of: ${sides.join(', ')}.`)
  return found
}
