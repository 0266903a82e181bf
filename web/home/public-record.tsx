import type { TrustFile } from '../../src/shared/contract/types.ts'
import { Busy } from '../ui/parts.tsx'
import { Fault, type Loaded } from '../ui/use-task.tsx'
import { dayText } from '../ui/words.ts'
import type { PublicFacts } from './read-public.ts'

const uses: Readonly<Record<TrustFile['keys'][number]['use'], string>> = {
  credential: 'signs credentials',
  status: 'signs status lists',
  log: 'signs the log',
  bundle: 'signs trust bundles',
  oprf: 'evaluates document numbers blind',
}

/** What anybody can check: keys, lists, log. */
export function PublicRecord({ record }: { readonly record: Loaded<PublicFacts> }) {
  return (
    <section aria-labelledby="public">
      <h2 id="public">Anybody can check</h2>
      {record.fault !== undefined ? (
        <Fault error={record.fault} />
      ) : record.value === undefined ? (
        <Busy>Reading the public files …</Busy>
      ) : (
        <Facts facts={record.value} />
      )}
    </section>
  )
}

function ageText(sinceSeconds: number): string {
  const seconds = Math.max(0, Math.floor(Date.now() / 1000) - sinceSeconds)
  return seconds < 120 ? `${seconds} seconds` : `${Math.floor(seconds / 60)} minutes`
}

function Facts({ facts: { trust, rootThumbprint, log, lists } }: { readonly facts: PublicFacts }) {
  return (
    <>
      <p>This page has just fetched these files and checked their signatures.</p>
      <dl class="facts card">
        <dt>Issuer</dt>
        <dd>{trust.issuer}</dd>
        <dt>Root key</dt>
        <dd class="mono" data-root>
          {rootThumbprint}
        </dd>
        <dt>Trust file</dt>
        <dd>
          <a href="/trust.json">number {trust.sequence}</a>, good until {dayText(trust.expiresAtSeconds)}
        </dd>
        <dt>Log</dt>
        <dd data-log={log.treeSize}>
          <a href="/log/checkpoint">{log.treeSize} entries</a>, {ageText(log.atSeconds)} old
          <div class="mono small quiet">{log.rootHash}</div>
        </dd>
        <dt>Status lists</dt>
        <dd>
          {lists.length === 0 && 'None yet: nothing has been issued.'}
          {lists.map(({ path, issuedAtSeconds, sizeBytes }) => (
            <div key={path}>
              <a href={path}>{path}</a>, {sizeBytes} bytes, {ageText(issuedAtSeconds)} old
            </div>
          ))}
        </dd>
      </dl>
      <details>
        <summary>All {trust.keys.length} keys</summary>
        <div class="scroll" tabIndex={0} role="group" aria-label="Keys">
          <table>
            <thead>
              <tr>
                <th scope="col">Key</th>
                <th scope="col">Use</th>
                <th scope="col">Algorithm</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {trust.keys.map(({ kid, use, alg, state }) => (
                <tr key={kid}>
                  <td class="mono">{kid.split('#').at(-1)}</td>
                  <td>{uses[use]}</td>
                  <td>{alg}</td>
                  <td>{state}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  )
}
