import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const stampFile = 'dist/.stamps.json'
const notSources = new Set(['node_modules', 'dist'])

/** A hash over the names and contents of these files and folders. */
export function stampOf(paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesBelow)) hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** The stamp that a part had when it was last built. */
export function builtStamp(part) {
  return readStamps()[part]
}

/** Remembers the stamp with which a part was built. */
export function rememberStamp(part, stamp) {
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, JSON.stringify({ ...readStamps(), [part]: stamp }))
}

function readStamps() {
  return existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {}
}

function filesBelow(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  const names = readdirSync(path).filter((name) => !notSources.has(name))
  return names.sort().flatMap((name) => filesBelow(join(path, name)))
}
