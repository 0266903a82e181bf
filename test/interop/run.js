#!/usr/bin/env node
// Checks a demo's output folder with programs in other languages that share no code with this project.
// npm run interop -- DIR; without DIR a demo is made first.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { ensureInstalled } from '../../scripts/lib/install.js'
import { capture, run } from '../../scripts/lib/run.js'

const given = process.argv[2] === undefined ? undefined : resolve(process.argv[2])
process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
const here = 'test/interop'
const cache = resolve('.cache/interop')
const isRequired = process.env['VOUCHSAFE_TEST_REQUIRE'] === '1'
process.env['PYTHONDONTWRITEBYTECODE'] = '1'
// The context's text, as data; none of that package's code runs.
process.env['VOUCHSAFE_CREDENTIALS_V2'] = resolve('node_modules/@digitalbazaar/credentials-context/contexts/v2.jsonld')

/** Each program: the tools that it needs, how to get its packages, and how to run it on a folder. */
const programs = [
  pythonProgram('python/tokens.py', 'jwcrypto'),
  pythonProgram('python/data_integrity.py', 'PyLD, cryptography'),
  pythonProgram('python/shapes.py', 'the specifications, read by hand'),
  {
    name: 'go/main.go',
    by: 'x/mod note and tlog, go-jose',
    tools: [['go', 'version']],
    fetch: () => capture('go', ['-C', `${here}/go`, 'mod', 'download']),
    run: (folder) => capture('go', ['-C', `${here}/go`, 'run', '.', folder]),
  },
  {
    name: 'java/Tokens.java',
    by: 'nimbus-jose-jwt',
    tools: [
      ['java', '--version'],
      ['mvn', '--version'],
    ],
    fetch: () => onceFor(`${here}/java/pom.xml`, 'java', mavenJars),
    run: (folder) => capture('java', ['-cp', [cacheFor(`${here}/java/pom.xml`, 'java'), '*'].join('/') + delimiter, `${here}/java/Tokens.java`, folder]),
  },
]

const folder = given ?? (await madeDemo())
try {
  process.exitCode = report(await results(folder))
} finally {
  if (given === undefined) rmSync(folder, { recursive: true, force: true })
}

function pythonProgram(name, by) {
  const requirements = `${here}/python/requirements.txt`
  return {
    name,
    by,
    tools: [['python3', '--version']],
    fetch: () => onceFor(requirements, 'python', (target) => virtualEnvironment(target, requirements)),
    run: (folder) => capture(join(cacheFor(requirements, 'python'), 'bin/python'), [`${here}/${name}`, folder]),
  }
}

async function virtualEnvironment(target, requirements) {
  const made = await capture('python3', ['-m', 'venv', target])
  return made.isOk ? capture(join(target, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]) : made
}

function mavenJars(target) {
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'
  return capture('mvn', ['--quiet', '--batch-mode', '--file', `${here}/java/pom.xml`, goal, `-DoutputDirectory=${target}`])
}

/** Where packages lie: another place for another list of them. */
function cacheFor(list, name) {
  return join(cache, `${name}-${createHash('sha256').update(readFileSync(list)).digest('hex').slice(0, 12)}`)
}

/** Fetches packages unless they are there whole. */
async function onceFor(list, name, fetch) {
  const target = cacheFor(list, name)
  const sign = join(target, '.complete')
  if (existsSync(sign)) return { isOk: true, output: '' }
  rmSync(target, { recursive: true, force: true })
  mkdirSync(cache, { recursive: true })
  const fetched = await fetch(target)
  if (fetched.isOk) writeFileSync(sign, '')
  return fetched
}

async function madeDemo() {
  const made = mkdtempSync(join(tmpdir(), 'vouchsafe-interop-'))
  console.error('No folder given: making a demo, which takes a minute or two.')
  await run(process.execPath, ['bin/vouchsafe.js', 'demo', '--out', made], { stdout: 'stderr' })
  return made
}

async function results(folder) {
  await ensureInstalled()
  const found = []
  for (const program of programs) found.push({ ...program, ...(await resultOf(program, folder)) })
  return found
}

async function resultOf({ tools, fetch, run }, folder) {
  const versions = []
  for (const [tool, ask] of tools) {
    const { isOk, output } = await capture(tool, [ask])
    if (!isOk) return { notRun: `${tool} is not there` }
    versions.push(stripVTControlCharacters(output.trim().split('\n')[0]))
  }
  const fetched = await fetch()
  if (!fetched.isOk) return { notRun: `its packages cannot be had: ${fetched.output.trim().split('\n').at(-1)}` }
  return { versions, ...verdictsIn(await run(folder)) }
}

/** A program says `ok` or `FAIL` for each thing, and `done` at its end; one that does not get there, or says one thing and ends with another, has failed. */
function verdictsIn({ isOk, output }) {
  const lines = output.split('\n').map((line) => line.split('\t'))
  const verdicts = lines.filter(([word]) => word === 'ok' || word === 'FAIL').map(([word, what, why]) => ({ isOk: word === 'ok', what, why }))
  const isDone = lines.some(([word]) => word === 'done')
  const isWhole = isDone && verdicts.length > 0 && isOk === verdicts.every((verdict) => verdict.isOk)
  return {
    verdicts: isWhole ? verdicts : [...verdicts, { isOk: false, what: 'the program ended badly', why: output.trim().split('\n').slice(-3).join(' | ') }],
  }
}

/** Prints the table, and what was not run. Gives the exit code. */
function report(found) {
  const ran = found.filter(({ notRun }) => notRun === undefined)
  const absent = found.filter(({ notRun }) => notRun !== undefined)
  const width = Math.max(...programs.map(({ name }) => name.length))
  for (const { name, by, versions, verdicts } of ran) {
    console.log(`\n${name} by ${by} (${versions.join('; ')})`)
    for (const { isOk, what, why } of verdicts) console.log(`${name.padEnd(width)}  ${isOk ? 'ok  ' : 'FAIL'}  ${what}${why === undefined ? '' : `: ${why}`}`)
  }
  const verdicts = ran.flatMap(({ verdicts }) => verdicts)
  const failed = verdicts.filter(({ isOk }) => !isOk).length
  console.log('')
  for (const { name, notRun } of absent) console.log(`NOT RUN: ${name}, because ${notRun}`)
  console.log(`${ran.length} of ${programs.length} programs ran: ${verdicts.length - failed} passed, ${failed} failed`)
  return failed > 0 || ran.length === 0 || (isRequired && absent.length > 0) ? 1 : 0
}
