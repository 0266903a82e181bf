#!/usr/bin/env node
import { prepare } from '../scripts/lib/prepare.js'

await prepare()
await import(new URL('../dist/main.js', import.meta.url).href)
