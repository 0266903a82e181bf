import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { loadSettings, startAuthority } from '../compose.ts'
import { argumentsOf } from './command.ts'
import type { CliContext } from './context.ts'

/** The built pages, whether this runs as sources or compiled. */
const pages = fileURLToPath(new URL('../../dist/web/', import.meta.url))

/** `serve`: an authority by the environment's settings, until it is told to end. */
export async function serve(context: CliContext, args: readonly string[]): Promise<readonly string[]> {
  argumentsOf({}, args)
  const authority = await startAuthority(await loadSettings(context.env), existsSync(pages) ? { pagesFolder: pages } : {})
  context.print(`Serving ${authority.issuer}`)
  context.print(`Root ${authority.rootThumbprint}`)
  context.print(`Health, readiness and metrics ${authority.adminUrl}`)
  if (authority.icoUrl !== undefined) context.print(`Demo sale ${authority.icoUrl}`)
  await context.untilStopped()
  await authority.close()
  return []
}
