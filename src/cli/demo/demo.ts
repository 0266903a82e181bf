import { resolve } from 'node:path'
import { CliError } from '../cli-error.ts'
import { argumentsOf, requiredOption, textOption } from '../command.ts'
import type { CliContext } from '../context.ts'
import { writeStory } from './outputs.ts'
import { setStage } from './stage.ts'
import { tellStory } from './story.ts'
import { createTeller } from './teller.ts'

/** `demo --out DIR [--store sqlite|mongodb://…]`: the story on free ports in a folder of its own. Exit code 0 only if every step behaved. */
export async function demo(context: CliContext, args: readonly string[]): Promise<readonly string[]> {
  const read = argumentsOf({ out: { type: 'string' }, store: { type: 'string' } }, args)
  const out = resolve(context.cwd, requiredOption(read, 'out'))
  const stage = await setStage(context, textOption(read, 'store') ?? 'sqlite')
  const teller = createTeller(context.print)
  try {
    await tellStory(teller, stage, out)
  } finally {
    await stage.close()
    await writeStory(out, teller.told)
  }
  const failed = teller.told.filter(({ ok }) => !ok)
  if (failed.length > 0)
    throw new CliError('story-failed', `${failed.length} of ${teller.told.length} steps did not behave:\n${failed.map(({ name }) => `  ${name}`).join('\n')}`)
  return ['', `All ${teller.told.length} steps behaved. Written to ${out}.`]
}
