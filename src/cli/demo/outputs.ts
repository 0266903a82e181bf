import { decodeJwt } from 'jose'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Stage } from './stage.ts'
import { expect, type Told } from './teller.ts'

interface StatusClaims {
  readonly status?: { readonly status_list: { readonly uri: string } }
  readonly credentialStatus?: readonly { readonly statusListCredential: string }[]
}

/** Writes bytes into the output folder. */
async function put(out: string, name: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(out, { recursive: true })
  await writeFile(join(out, name), bytes)
}

/** Fetches a public file as anybody can; the very bytes that were served. */
async function served(stage: Stage, url: string, accept = '*/*'): Promise<Buffer> {
  const response = await stage.fetch(url, { headers: { accept } })
  expect(response.ok, `${url} answered ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

async function copyOut(stage: Stage, out: string, name: string): Promise<string> {
  const content = await readFile(join(stage.folder, name), 'utf8')
  await put(out, name, content)
  return content
}

/** Writes what stands before the revocation. */
export async function writePublicFiles(stage: Stage, out: string): Promise<string> {
  const { issuer } = stage.authority
  const { status, credentialStatus } = decodeJwt<StatusClaims>(await copyOut(stage, out, 'attestation.jwt'))
  await copyOut(stage, out, 'presentation.jwt')
  await copyOut(stage, out, 'attestation.vc.json')
  const files = {
    'jwks.json': `${issuer}/.well-known/jwks.json`,
    'did.json': `${issuer}/.well-known/did.json`,
    'trust.json': `${issuer}/trust.json`,
    'context.json': `${issuer}/contexts/identified/v1`,
    'trust-bundle.jwt': `${issuer}/trust-bundle.jwt`,
    'status-list.jwt': status?.status_list.uri ?? '',
    'bitstring.jwt': credentialStatus?.[0]?.statusListCredential ?? '',
  }
  for (const [name, url] of Object.entries(files)) await put(out, name, await served(stage, url, name === 'bitstring.jwt' ? 'application/vc+jwt' : '*/*'))
  await writeLogProof(stage, out)
  return `${Object.keys(files).length + 5} files, the very bytes that the server served`
}

/** A checkpoint and the proof that its last entry is in it. */
async function writeLogProof(stage: Stage, out: string): Promise<void> {
  const checkpoint = await served(stage, `${stage.authority.issuer}/log/checkpoint`)
  const treeSize = Number(checkpoint.toString().split('\n')[1])
  await put(out, 'checkpoint.txt', checkpoint)
  await put(out, 'inclusion-proof.json', await served(stage, `${stage.authority.issuer}/v1/log/inclusion-proofs?index=${treeSize - 1}&treeSize=${treeSize}`))
}

/** Writes the list as it is after the revocation. */
export async function writeStatusAfter(stage: Stage, out: string): Promise<string> {
  const { status } = decodeJwt<StatusClaims>(await readFile(join(out, 'attestation.jwt'), 'utf8'))
  const after = await served(stage, status?.status_list.uri ?? '')
  await put(out, 'status-list-after.jwt', after)
  const before = await readFile(join(out, 'status-list.jwt'))
  const lst = (jws: Buffer): string => decodeJwt<{ readonly status_list: { readonly lst: string } }>(jws.toString()).status_list.lst
  expect(lst(before) !== lst(after), 'the list should have changed')
  return 'The published list changed with the revocation.'
}

/** Writes the story itself. */
export async function writeStory(out: string, told: readonly Told[]): Promise<void> {
  await put(out, 'story.json', `${JSON.stringify(told, undefined, 2)}\n`)
}
