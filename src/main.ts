import { walkOnce } from './cli/demo/first-walk.ts'
import { processContext } from './cli/process-context.ts'
import { runToExit } from './cli/run.ts'
import { serve } from './cli/serve.ts'

/** `npm start`: serves first, then, on the very first start of a test authority, walks one specimen applicant through the job. Quiet but for that. */
const context = { ...processContext, env: { VOUCHSAFE_LOG_LEVEL: 'warn', ...processContext.env } }

await runToExit(
  context,
  {
    start: {
      usage: 'npm start',
      help: 'serve, and show the job once',
      run: (_context, args) =>
        serve(context, args, async (authority, dataFolder) => {
          if (authority.icoUrl !== undefined) await walkOnce(context, { authority, icoUrl: authority.icoUrl, dataFolder })
        }),
    },
  },
  ['start', ...process.argv.slice(2)],
)
