import { existsSync, readFileSync } from 'node:fs'
import { run } from './run.js'

/** Ends the process unless this Node is new enough. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(`Vouchsafe needs Node 20.19 or later; this is ${process.version}.`)
  process.exit(1)
}

/** Installs what `package-lock.json` names, unless it is there already. */
export async function ensureInstalled() {
  if (!existsSync('package-lock.json') || isInstalled()) return
  console.error('Installing packages (npm ci) …')
  await run('npm', ['ci', '--no-audit', '--no-fund'], { stdout: 'stderr' })
}

/** Versions are compared, not times: a checkout gives every file a new time. */
function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json')
  const wanted = packagesOf('package-lock.json')
  if (installed === undefined || wanted === undefined) return false
  return Object.entries(wanted).every(([path, entry]) => !mustBeThere(path, entry) || installed[path]?.version === entry.version)
}

function mustBeThere(path, entry) {
  return path.startsWith('node_modules/') && !entry.optional && !entry.devOptional && !entry.peer && !entry.link
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}
