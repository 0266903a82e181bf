import { ensureBuilt } from './build.js'
import { ensureInstalled, requireNode } from './install.js'

/** Makes a checkout ready to run: Node's version, packages, build. Leaves the working folder as it was. */
export async function prepare() {
  const folder = process.cwd()
  process.chdir(new URL('../..', import.meta.url).pathname)
  requireNode()
  await ensureInstalled()
  await ensureBuilt()
  process.chdir(folder)
}
