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

/** Copies what somebody's device wrote. */
export async function copyOut(stage: Stage, out: string, name: string): Promise<string> {
  const content = await readFile(join(stage.folder, name), 'utf8')
  await put(out, name, content)
  return content
}

/** Writes what stands before the revocation. */
export async function writePublicFiles(stage: Stage, out: string): Promise<string> {
  const { issuer } = stage.authority
  const { status } = decodeJwt<StatusClaims>(await copyOut(stage, out, 'attestation.jwt'))
  await copyOut(stage, out, 'presentation.jwt')
  await copyOut(stage, out, 'attestation.vc.json')
  const files = {
    'jwks.json': `${issuer}/.well-known/jwks.json`,
    'did.json': `${issuer}/.well-known/did.json`,
    'trust.json': `${issuer}/trust.json`,
    'context.json': `${issuer}/contexts/identified/v1`,
    'trust-bundle.jwt': `${issuer}/trust-bundle.jwt`,
    'status-list.jwt': status?.status_list.uri ?? '',
  }
  for (const [name, url] of Object.entries(files)) await put(out, name, await served(stage, url))
  await writeBitstrings(stage, out, { jwt: 'bitstring.jwt', dataIntegrity: 'bitstring.vc.json' })
  await writeLogProof(stage, out)
  return `${Object.keys(files).length + 7} files, the very bytes that the server served`
}

/** Writes the revocation lists that the two forms of the credential name, each in its own form. */
async function writeBitstrings(stage: Stage, out: string, names: { readonly jwt: string; readonly dataIntegrity: string }): Promise<void> {
  const listOf = ({ credentialStatus }: StatusClaims): string => credentialStatus?.[0]?.statusListCredential ?? ''
  const jwt = decodeJwt<StatusClaims>(await readFile(join(out, 'attestation.jwt'), 'utf8'))
  const dataIntegrity = JSON.parse(await readFile(join(out, 'attestation.vc.json'), 'utf8')) as StatusClaims
  await put(out, names.jwt, await served(stage, listOf(jwt), 'application/vc+jwt'))
  await put(out, names.dataIntegrity, await served(stage, listOf(dataIntegrity), 'application/vc'))
}

/** A checkpoint and the proof that its last entry is in it. */
async function writeLogProof(stage: Stage, out: string): Promise<void> {
  const checkpoint = await served(stage, `${stage.authority.issuer}/log/checkpoint`)
  const treeSize = Number(checkpoint.toString().split('\n')[1])
  await put(out, 'checkpoint.txt', checkpoint)
  await put(out, 'inclusion-proof.json', await served(stage, `${stage.authority.issuer}/v1/log/inclusion-proofs?index=${treeSize - 1}&treeSize=${treeSize}`))
}

/** Writes the lists as they are after the revocation. */
export async function writeStatusAfter(stage: Stage, out: string): Promise<string> {
  const { status } = decodeJwt<StatusClaims>(await readFile(join(out, 'attestation.jwt'), 'utf8'))
  const after = await served(stage, status?.status_list.uri ?? '')
  await put(out, 'status-list-after.jwt', after)
  await writeBitstrings(stage, out, { jwt: 'bitstring-after.jwt', dataIntegrity: 'bitstring-after.vc.json' })
  const before = await readFile(join(out, 'status-list.jwt'))
  const lst = (jws: Buffer): string => decodeJwt<{ readonly status_list: { readonly lst: string } }>(jws.toString()).status_list.lst
  expect(lst(before) !== lst(after), 'the list should have changed')
  return 'The published list changed with the revocation.'
}

/** Writes the story itself. */
export async function writeStory(out: string, told: readonly Told[]): Promise<void> {
  await put(out, 'story.json', `${JSON.stringify(told, undefined, 2)}\n`)
}
