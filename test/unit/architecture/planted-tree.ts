import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'

/** An import: the file that has it, and the file or package that it names. */
export type Import = readonly [from: string, to: string]

/** A rule that was broken, and where. */
export interface Violation {
  readonly rule: string
  readonly from: string
}

const root = resolve('.')

/** Plants files with these imports in an empty folder, runs the project's own rules there and says which were broken. */
export async function violationsOf(imports: readonly Import[]): Promise<readonly Violation[]> {
  const folder = await mkdtemp(join(tmpdir(), 'vouchsafe-architecture-'))
  try {
    for (const [path, text] of sources(imports)) await write(join(folder, path), text)
    return await cruised(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The names of all rules. */
export async function ruleNames(): Promise<readonly string[]> {
  const { default: rules } = (await import(join(root, '.dependency-cruiser.cjs'))) as { default: { forbidden: readonly { name: string }[] } }
  return rules.forbidden.map((rule) => rule.name)
}

function sources(imports: readonly Import[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const [from, to] of imports) {
    if (isFile(to) && !files.has(to)) files.set(to, '')
    files.set(from, `${files.get(from) ?? ''}import '${isFile(to) ? specifier(from, to) : to}'\n`)
  }
  return files
}

function isFile(to: string): boolean {
  return /\.tsx?$/.test(to)
}

function specifier(from: string, to: string): string {
  const path = relative(dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

async function cruised(folder: string): Promise<readonly Violation[]> {
  await Promise.all(['src', 'web', 'sdk'].map((part) => mkdir(join(folder, part), { recursive: true })))
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const options = ['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', 'src', 'web', 'sdk']
  const run = promisify(execFile)(process.execPath, [cruiser, ...options], { cwd: folder, maxBuffer: 50_000_000, env: { ...process.env, NODE_OPTIONS: '' } })
  const { stdout } = await run.catch((error: unknown) => error as { stdout: string })
  const { summary } = JSON.parse(stdout) as { summary: { violations: readonly { from: string; rule: { name: string } }[] } }
  return summary.violations.map(({ from, rule }) => ({ rule: rule.name, from }))
}
