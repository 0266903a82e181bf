import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { readSchemas } from './contract/read-schemas.ts'
import { renderPolicies, renderSchemas, renderTypes } from './contract/render-contract.ts'

const outFolder = 'src/shared/contract'
const isCheck = process.argv.includes('--check')

const files = existsSync('schemas') ? readSchemas('schemas') : []
const policyFiles = readdirSync('schemas/policies').filter((name) => !name.endsWith('.schema.json'))
const policies = policyFiles.toSorted().map((name): unknown => JSON.parse(readFileSync(`schemas/policies/${name}`, 'utf8')))
const outputs = { 'types.ts': renderTypes(files), 'schemas.ts': renderSchemas(files), 'policies.ts': renderPolicies(policies) }
const drifted: string[] = []

for (const [name, text] of Object.entries(outputs)) {
  const path = `${outFolder}/${name}`
  const formatted = await format(text, { ...(await resolveConfig(path)), parser: 'typescript' })
  if (existsSync(path) && readFileSync(path, 'utf8') === formatted) continue
  drifted.push(path)
  if (isCheck) continue
  mkdirSync(outFolder, { recursive: true })
  writeFileSync(path, formatted)
}

console.log(drifted.length === 0 ? `${String(files.length)} schemas, nothing to change` : `${isCheck ? 'Out of date' : 'Wrote'}: ${drifted.join(', ')}`)
if (isCheck && drifted.length > 0) process.exitCode = 1
