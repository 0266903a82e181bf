import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from './teller.ts'
import type { Stage } from './stage.ts'

const command = fileURLToPath(new URL('../../../sdk/bin/vouchsafe-verify.js', import.meta.url))

/** What a relying party expects. */
export interface SiteExpectation {
  readonly audience: string
  readonly nonce: string
  readonly nowSeconds?: number
}

/** Runs `vouchsafe-verify` as a relying party would, in a process of its own. @returns exit code and what it said. */
export async function verifyAsSite(
  stage: Stage,
  presentation: string,
  expected: SiteExpectation,
): Promise<{ readonly exitCode: number; readonly said: string }> {
  const file = join(stage.folder, 'at-the-site.jwt')
  await writeFile(file, presentation)
  const { issuer, rootThumbprint } = stage.authority
  const fixed = ['--issuer', issuer, '--root', rootThumbprint, '--max-status-age', '300', '--policy', 'identified/v1', '--environment', 'test']
  const now = expected.nowSeconds === undefined ? [] : ['--now', String(expected.nowSeconds)]
  const args = [command, ...fixed, '--audience', expected.audience, '--nonce', expected.nonce, ...now, file]
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, stdout, stderr) => {
      const code = (error as { readonly code?: unknown } | null)?.code ?? 0
      resolve({ exitCode: typeof code === 'number' ? code : -1, said: `${stdout}${stderr}`.trim() })
    })
  })
}

/** Asserts that a relying party refuses a presentation as invalid, for this reason. */
export async function siteRefuses(stage: Stage, presentation: string, expected: SiteExpectation, code: string): Promise<string> {
  const { exitCode, said } = await verifyAsSite(stage, presentation, expected)
  stage.terminal.context.print(`  vouchsafe-verify: ${said.split('\n')[0] ?? ''}`)
  expect(exitCode === 1 && said.includes(`(${code})`), `vouchsafe-verify should have said ${code}, exit 1; it said: ${said}, exit ${exitCode}`)
  return `vouchsafe-verify, exit 1: ${code}`
}
