import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that listens. */
export interface Listening {
  readonly port: number
  /** Takes no new requests, lets those under way end, and resolves when all connections are closed. */
  close(): Promise<void>
}

/**
 * Listens on a port (0: any free one).
 * @param host all addresses of the machine unless given.
 * @throws {Error} from the system, with code `EADDRINUSE` if the port is taken.
 */
export async function listen(app: RequestListener, port: number, host?: string): Promise<Listening> {
  const server = createServer({ requestTimeout: 300_000, headersTimeout: 15_000 }, app)
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen({ port, host }, resolve))
  return { port: (server.address() as AddressInfo).port, close: () => closed(server) }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)))
    server.closeIdleConnections()
  })
}
