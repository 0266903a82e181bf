import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { Authority } from './authority.ts'
import { cliUsage, readCliOptions, type CliOptions } from './cli-options.ts'
import { authorityFromBundle } from './authority-from-bundle.ts'
import { authorityFromUrl } from './authority-from-url.ts'
import { isRefusal } from './errors.ts'
import { verifyMany } from './verify-many.ts'
import { verifyAttestation } from './verify-attestation.ts'

/** Where the command reads and writes. */
export interface CliStreams {
  readonly stdin: NodeJS.ReadableStream
  readonly stdout: NodeJS.WritableStream
  readonly stderr: NodeJS.WritableStream
}

/**
 * The command `vouchsafe-verify`.
 * @param args without the program's name.
 * @returns the exit code: 0 valid, 1 invalid, 2 cannot tell (also for a wrong call or a file that is not there).
 */
export async function main(args: readonly string[], streams: CliStreams): Promise<number> {
  try {
    const options = readCliOptions(args)
    if (!options) return say(streams.stdout, cliUsage, 0)
    const authority = await authorityOf(options)
    return options.manyFile === undefined ? await verifyOne(authority, options, streams) : await verifyMany({ authority, stdout: streams.stdout }, options)
  } catch (error) {
    if (isRefusal(error))
      return say(streams.stdout, `${error.verdict === 'invalid' ? 'invalid' : 'cannot tell'}: ${error.message}`, error.verdict === 'invalid' ? 1 : 2)
    return say(streams.stderr, `vouchsafe-verify: ${error instanceof Error ? error.message : 'failed'}`, 2)
  }
}

async function authorityOf({ issuer, rootThumbprint, bundleFile, nowSeconds }: CliOptions): Promise<Authority> {
  if (bundleFile === undefined) return authorityFromUrl({ issuer, ...(rootThumbprint !== undefined && { rootThumbprint }) })
  if (rootThumbprint === undefined) throw new TypeError('--bundle needs --root: without network nothing else says whose bundle it is')
  const bundle = (await readFile(bundleFile, 'utf8')).trim()
  return authorityFromBundle({ bundle, issuer, rootThumbprint, ...(nowSeconds !== undefined && { nowSeconds }) })
}

async function verifyOne(authority: Authority, options: CliOptions, { stdin, stdout }: CliStreams): Promise<number> {
  const { audience, nonce, maxStatusAgeSeconds, requiredPolicy, environment, nowSeconds, file } = options
  if (audience === undefined || nonce === undefined) throw new TypeError('--audience and --nonce are required')
  const presentation = (file === '-' ? await text(stdin) : await readFile(file, 'utf8')).trim()
  const expected = { authority, audience, nonce, maxStatusAgeSeconds, requiredPolicy, environment, ...(nowSeconds !== undefined && { nowSeconds }) }
  const { holder, policy, issuer, validUntil, statusAgeSeconds } = await verifyAttestation(presentation, expected)
  const lines = [`valid: identified under ${policy} by ${issuer}`, `holder: ${holder}`, `valid until: ${validUntil}`, `status: ${statusAgeSeconds} s old`]
  if (options.rootThumbprint === undefined)
    lines.push(`root: ${authority.remembered().rootThumbprint ?? ''} (taken on first use; give it as --root from now on)`)
  return say(stdout, lines.join('\n'), 0)
}

function say(stream: NodeJS.WritableStream, line: string, exitCode: number): number {
  stream.write(`${line}\n`)
  return exitCode
}
