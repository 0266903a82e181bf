import { Fragment } from 'preact'
import type { PlainCase } from '../../src/device/console/open-case-files.ts'
import { evidenceNames } from '../ui/words.ts'

const names: Readonly<Record<string, string>> = { name: 'Name', phone: 'Phone', 'national-id-number': 'National id number' }

/** What the person typed, beside the pictures. */
export function TypedDetails({ plainFields }: Pick<PlainCase, 'plainFields'>) {
  return (
    <>
      <h2>What the person typed</h2>
      <dl class="facts card">
        {Object.entries(plainFields.fields).map(([name, value]) => (
          <Fragment key={name}>
            <dt>{names[name] ?? name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
        {plainFields.documentKeys.map(({ type, issuingState, number }) => (
          <Fragment key={type}>
            <dt>{type === 'national-id-number' ? 'National id' : evidenceNames[type]}, number</dt>
            <dd class="mono">
              {number} ({issuingState})
            </dd>
          </Fragment>
        ))}
      </dl>
    </>
  )
}
