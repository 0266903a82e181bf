import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Authority, loadSettings, startAuthority } from '../compose.ts'
import { argumentsOf } from './command.ts'
import type { CliContext } from './context.ts'

/** The built pages, whether this runs as sources or compiled. */
const pages = fileURLToPath(new URL('../../dist/web/', import.meta.url))

/** Told once an authority serves, and where it keeps its data. */
export type WhenServing = (authority: Authority, dataFolder: string) => Promise<void>

/** `serve`: an authority by the environment's settings, until it is told to end. */
export async function serve(context: CliContext, args: readonly string[], whenServing?: WhenServing): Promise<readonly string[]> {
  argumentsOf({}, args)
  const loaded = await loadSettings(context.env)
  const authority = await startAuthority(loaded, existsSync(pages) ? { pagesFolder: pages } : {})
  context.print(`Serving ${authority.issuer}`)
  context.print(`Root ${authority.rootThumbprint}`)
  context.print(`Health, readiness and metrics ${authority.adminUrl}`)
  if (authority.icoUrl !== undefined) context.print(`Demo sale ${authority.icoUrl}`)
  const stopped = context.untilStopped()
  await Promise.race([stopped, whenServing?.(authority, loaded.config.dataFolder).then(() => stopped) ?? stopped])
  await authority.close()
  return []
}
