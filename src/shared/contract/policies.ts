// Generated from schemas/ by `npm run generate`. Change the schemas, not this file.

import type { Policy } from './types.ts'

/** Every policy that this authority knows. */
export const policies: readonly Policy[] = [
  {
    id: 'identified/v1',
    title: 'Identified, and is who they claim to be',
    validityDays: 365,
    groups: [
      { name: 'primary document', anyOf: ['passport', 'identity-card'], minimum: 1 },
      { name: 'selfie with document and code', anyOf: ['selfie-with-document'], minimum: 1 },
      { name: 'further document', anyOf: ['driving-licence', 'residence-registration', 'temporary-registration', 'financial-document'], minimum: 1 },
      { name: 'typed fields', anyOf: ['fields'], minimum: 1 },
    ],
    checklist: [
      { id: 'document-genuine', text: 'The primary document shows its security features and no sign of change.' },
      { id: 'document-in-date', text: 'Every document is within its dates.' },
      { id: 'fields-match', text: 'The typed fields say what the documents say.' },
      { id: 'same-person', text: 'The face in the selfie is the face of the primary document.' },
      { id: 'code-of-this-case', text: 'The selfie shows the code of this case and the words, handwritten.' },
      { id: 'further-document-agrees', text: 'The further document names the same person.' },
      { id: 'keys-match', text: 'Each document number is typed as the picture shows it.' },
    ],
  },
]
