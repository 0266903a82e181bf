import type { ConsentStatement, Evidence } from './contract/types.ts'
import { labelledHashBase64url } from './hash.ts'
import { labels } from './labels.ts'

/** The hash that verdicts sign: the same files, round, code and policy have the same hash, whoever reviews them. */
export function evidenceHash(evidence: Evidence): string {
  return labelledHashBase64url(labels.evidence, evidence)
}

/** What a consent covers, beyond the frame that every statement has. */
export type ConsentContent = Pick<ConsentStatement, 'evidenceHash' | 'panel' | 'wraps' | 'textVersion' | 'deadlineSeconds' | 'predecessor'>

/** The hash that a person signs: the evidence, to whom it is opened, until when, under which text. */
export function consentHash(content: ConsentContent): string {
  const { evidenceHash, panel, wraps, textVersion, deadlineSeconds, predecessor } = content
  return labelledHashBase64url(labels.consentContent, { evidenceHash, panel, wraps, textVersion, deadlineSeconds, predecessor })
}
