import { ensureBuilt } from './lib/build.js'

await ensureBuilt()
