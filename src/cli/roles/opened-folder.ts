import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { PlainCase } from '../../device/console/open-case-files.ts'
import { imageKind } from '../../device/seal/plain-image.ts'
import { wipeFolder, writeWhole } from '../profile.ts'

/**
 * Writes the opened files of a case into a folder that only the reviewer can enter.
 * @returns its path. It is wiped by `wipeOpened`, at the verdict at the latest.
 */
export async function writeOpened(profileFolder: string, { opening, files, plainFields }: PlainCase): Promise<string> {
  const folder = openedFolder(profileFolder, opening.case)
  await wipeOpened(profileFolder, opening.case)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const { type, side, plain } of files) {
    if (type !== 'fields') await writeWhole(join(folder, `${type}-${side}.${imageKind(plain) ?? 'bin'}`), plain)
  }
  await writeWhole(join(folder, 'fields.json'), JSON.stringify(plainFields, undefined, 2))
  return folder
}

/** Overwrites and removes what was opened of a case. */
export async function wipeOpened(profileFolder: string, caseId: string): Promise<void> {
  const folder = openedFolder(profileFolder, caseId)
  await wipeFolder(folder, await readdir(folder).catch(() => []))
}

/** Where the opened files of a case lie while they are reviewed. */
export function openedFolder(profileFolder: string, caseId: string): string {
  return join(profileFolder, 'open', caseId)
}
