#!/usr/bin/env node
import { prepare } from '../scripts/lib/prepare.js'

await prepare().catch(refuse)
await import(new URL('../dist/main.js', import.meta.url).href)

function refuse(error) {
  console.error(error.message)
  process.exit(1)
}
