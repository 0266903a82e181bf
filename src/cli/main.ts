import { audit } from './audit/audit.ts'
import { demo } from './demo/demo.ts'
import { keysCommand } from './keys.ts'
import { processContext } from './process-context.ts'
import { asCommand, type Commands, runToExit } from './run.ts'
import { serve } from './serve.ts'
import { scanFor } from './scan/scan-for.ts'

/** `vouchsafe …`: every command. */
const commands: Commands = {
  serve: {
    usage: 'serve',
    help: 'run the authority, as the VOUCHSAFE_ environment variables say',
    run: serve,
  },
  as: asCommand,
  keys: keysCommand,
  audit: {
    usage: 'audit verify [--checkpoint FILE]',
    help: 'check the log against itself, and every document against the log; with a checkpoint kept elsewhere, that nothing was rewritten',
    run: audit,
  },
  'scan-for': {
    usage: 'scan-for FILE [--picture FILE …] [--in PATH …] [--store mongodb://…]',
    help: 'look for texts (one a line) and pictures in data folder and database, in eleven encodings; exit code 1 if any is found',
    run: scanFor,
  },
  demo: {
    usage: 'demo --out DIR [--store sqlite|mongodb://…]',
    help: 'play the whole story on free ports in a temporary folder, and write what was served',
    run: demo,
  },
}

await runToExit(processContext, commands, process.argv.slice(2))
