import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './build.js'
import { ensureInstalled, requireNode } from './install.js'

/** Makes a checkout ready to run: Node's version, packages, build. Leaves the working folder as it was. */
export async function prepare() {
  const folder = process.cwd()
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
  requireNode()
  try {
    await ensureInstalled()
    await ensureBuilt()
  } finally {
    process.chdir(folder)
  }
}
