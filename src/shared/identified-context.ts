const vocabulary = 'https://vouchsafe.example/ns/identified#'

/**
 * The JSON-LD context of `IdentifiedCredential`, served at `ISSUER/contexts/identified/v1`; the file `schemas/contexts/identified-v1.json` is the same.
 * Its terms have the same meaning at every authority. It never changes: a new meaning would be a new version.
 */
export const identifiedContext = {
  '@context': {
    '@protected': true,
    IdentifiedCredential: `${vocabulary}IdentifiedCredential`,
    identified: { '@id': `${vocabulary}identified`, '@type': 'http://www.w3.org/2001/XMLSchema#boolean' },
    policy: { '@id': `${vocabulary}policy`, '@type': '@id' },
    environment: `${vocabulary}environment`,
    status: { '@id': `${vocabulary}status`, '@type': '@json' },
  },
} as const
