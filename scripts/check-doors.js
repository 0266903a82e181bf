import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'

/** Names that a door (a folder's index.ts) exports and nobody imports from it. ts-unused-exports cannot follow imports that end in `index.ts`. */
const roots = ['src', 'test', 'web', 'scripts', 'bench']
const files = roots.flatMap(sourcesBelow)
const doors = new Map(files.filter((file) => /^src\/.*\/index\.ts$/.test(file)).map((file) => [file, valuesExportedBy(file)]))
const used = new Map([...doors.keys()].map((door) => [door, new Set()]))
for (const file of files) for (const [door, names] of importsOf(file)) for (const name of names) used.get(door)?.add(name)

const unused = [...doors].flatMap(([door, names]) => names.filter((name) => !used.get(door)?.has(name)).map((name) => `${door}: ${name}`))
for (const line of unused) console.log(line)
process.exitCode = unused.length === 0 ? 0 : 1

function sourcesBelow(root) {
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
}

function parsed(file) {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
}

function valuesExportedBy(file) {
  const exports = parsed(file).statements.filter((statement) => ts.isExportDeclaration(statement) && !statement.isTypeOnly)
  return exports.flatMap(({ exportClause }) => (exportClause?.elements ?? []).filter((element) => !element.isTypeOnly).map((element) => element.name.text))
}

/** Doors that a file imports from, and the names it takes. */
function importsOf(file) {
  const found = []
  const visit = (node) => {
    if (ts.isImportDeclaration(node)) found.push([target(file, node.moduleSpecifier.text), namesOf(node.importClause)])
    ts.forEachChild(node, visit)
  }
  visit(parsed(file))
  return found
}

function target(file, specifier) {
  return specifier.startsWith('.') ? relative('.', resolve(dirname(file), specifier)) : specifier
}

function namesOf(clause) {
  const bindings = clause?.namedBindings
  return bindings && ts.isNamedImports(bindings) ? bindings.elements.map((element) => (element.propertyName ?? element.name).text) : []
}
