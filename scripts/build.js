import { ensureBuilt } from './lib/build.js'

await ensureBuilt().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
