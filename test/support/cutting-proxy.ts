import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import mongoose from 'mongoose'

/** A fault to come: the next message with this command meets a cut connection. */
export interface Cut {
  readonly command: 'insert' | 'update' | 'delete' | 'find'
  /** `before` the server gets it; or `after` the server has answered it, with the answer kept back. */
  readonly when: 'before' | 'after'
  /** What happens elsewhere between the server's answer and the cut. */
  readonly meanwhile?: () => Promise<unknown>
}

/** A TCP proxy in front of MongoDB that can cut a connection between a commit and its answer. */
export interface CuttingProxy {
  /** The address to connect to. */
  readonly uri: string
  /** Plans faults; each is used once, in this order. */
  cutNext(...cuts: readonly Cut[]): void
  /** Commands that reached the server, decoded, oldest first. */
  readonly commands: readonly Readonly<Record<string, unknown>>[]
  close(): Promise<void>
}

/** Starts a proxy in front of the primary of a plain (not TLS) MongoDB. */
export async function startCuttingProxy(uri: string): Promise<CuttingProxy> {
  const [host = '', port = ''] = (await primaryOf(uri)).split(':')
  const plan: Cut[] = []
  const commands: Record<string, unknown>[] = []
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(port), host)
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)))
    join(client, upstream, plan, commands)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    uri: throughPort(uri, (server.address() as AddressInfo).port),
    commands,
    cutNext: (...cuts) => void plan.push(...cuts),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** One client connection and its server side. The driver has one command under way on each connection. */
function join(client: Socket, upstream: Socket, plan: Cut[], commands: Record<string, unknown>[]): void {
  let keptBack: Cut | undefined
  const cut = () => {
    client.destroy()
    upstream.destroy()
  }
  client.on('data', (message) => {
    const command = decode(message)
    const next = plan[0]
    const isHit = next !== undefined && command !== undefined && next.command in command
    if (isHit) plan.shift()
    if (isHit && next.when === 'before') return cut()
    if (isHit) keptBack = next
    if (command !== undefined) commands.push(command)
    upstream.write(message)
  })
  upstream.on('data', (answer) => {
    if (keptBack === undefined) client.write(answer)
    else void Promise.resolve(keptBack.meanwhile?.()).finally(cut)
  })
  client.on('close', cut)
  upstream.on('close', cut)
}

/** The command of an OP_MSG, which is its first section: header (16 bytes), flags (4), kind (1), BSON. As plain JSON, which any reporter can print. */
function decode(message: Buffer): Record<string, unknown> | undefined {
  if (message.length < 26 || message.readInt32LE(12) !== 2013 || message[20] !== 0) return undefined
  const { BSON } = mongoose.mongo
  const sizeBytes = message.readInt32LE(21)
  if (message.length < 21 + sizeBytes) return undefined
  return JSON.parse(BSON.EJSON.stringify(BSON.deserialize(message.subarray(21, 21 + sizeBytes)))) as Record<string, unknown>
}

async function primaryOf(uri: string): Promise<string> {
  const connection = await mongoose.createConnection(uri).asPromise()
  const hello = await connection.getClient().db('admin').command({ hello: 1 })
  await connection.close()
  return (hello['primary'] as string | undefined) ?? /^mongodb:\/\/(?:[^@/]*@)?([^/?,]+)/.exec(uri)?.[1] ?? ''
}

function throughPort(uri: string, port: number): string {
  const local = uri.replace(/^(mongodb:\/\/(?:[^@/]*@)?)[^/?]+\/?/, `$1127.0.0.1:${port}/`).replace(/replicaSet=[^&]*&?/, '')
  return `${local}${local.includes('?') ? '&' : '?'}directConnection=true`
}
