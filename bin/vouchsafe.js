#!/usr/bin/env node
import { existsSync } from 'node:fs'

// A checkout installs and builds itself; a shipped image has neither sources nor scripts.
const prepare = new URL('../scripts/lib/prepare.js', import.meta.url)
if (existsSync(prepare)) await (await import(prepare.href)).prepare()
await import(new URL('../dist/cli/main.js', import.meta.url).href)
