import { started } from './global-setup.ts'

/** Once a run: ends the servers that the setup started. */
export default async function globalTeardown(): Promise<void> {
  await started.mongodb?.stop()
}
