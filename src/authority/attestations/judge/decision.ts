import type { Checkpoint } from '../../../shared/checkpoint.ts'
import type { DecisionRecord } from '../../../shared/contract/types.ts'
import { AuthorityError } from '../../../shared/errors.ts'
import { assertLogged, type IntentEntry } from '../../../shared/logged-entry.ts'
import { type Signed, type StatementFrame, statementHash } from '../../../shared/statement.ts'

/** A decision record as it is judged: without what the store adds. */
export type Decision = Omit<DecisionRecord, 'id' | 'version' | 'acts'>

/** An intent of the record that is proved to be in the log. */
export interface ProvenIntent {
  readonly index: number
  readonly entry: IntentEntry
}

/** Finds the proven intent of an act; throws if the record has none. */
export type IntentOf = (actId: string) => ProvenIntent

/** The refusal of a judgement step. */
export function refusal(message: string): AuthorityError {
  return new AuthorityError('not-attestable', message)
}

/** Refuses unless the fact holds. */
export function need(isSo: boolean, message: string): asserts isSo {
  if (!isSo) throw refusal(message)
}

/** Proves every entry of the record, and finds them by the ids of their acts. */
export function provenIntents({ entries }: Decision, checkpoint: Checkpoint): IntentOf {
  for (const proven of entries) assertLogged(proven, checkpoint)
  return (actId) => {
    const proven = entries.find(({ entry }) => entry.type === 'intent' && entry.actId === actId)
    if (proven?.entry.type !== 'intent') throw refusal('An act is not in the log.')
    return { index: proven.index, entry: proven.entry }
  }
}

/** The logged intent of a statement: the log binds the statement's hash and what it is about. */
export function loggedStatement(intentOf: IntentOf, { statement }: Signed<StatementFrame>, kind: string): ProvenIntent {
  const intent = intentOf(statement.id)
  const { act, subject, detail } = intent.entry
  const bound = (detail as { readonly statementHash?: unknown }).statementHash
  need(act === kind && subject === statement.subject && bound === statementHash(statement), `The log holds something else in the place of a ${kind}.`)
  return intent
}

/** Refuses a statement that is meant for another authority, subject or version. */
export function needFrame(decision: Decision, statement: StatementFrame, subject: string, subjectVersion: number): void {
  const isOurs = statement.issuer === decision.issuer && statement.environment === decision.environment
  need(isOurs && statement.subject === subject && statement.subjectVersion === subjectVersion, `A ${statement.kind} statement is about something else.`)
}
