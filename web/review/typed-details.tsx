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
          <>
            <dt key={`${name} name`}>{names[name] ?? name}</dt>
            <dd key={name}>{value}</dd>
          </>
        ))}
        {plainFields.documentKeys.map(({ type, issuingState, number }) => (
          <>
            <dt key={`${type} name`}>{type === 'national-id-number' ? 'National id' : evidenceNames[type]}, number</dt>
            <dd key={type} class="mono">
              {number} ({issuingState})
            </dd>
          </>
        ))}
      </dl>
    </>
  )
}
