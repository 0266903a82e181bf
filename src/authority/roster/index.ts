export { enrolments, rosters } from './collections.ts'
export type { RosterDeps } from './deps.ts'
export { inviteReviewer, listEnrolments, requestEnrolment } from './enrolment.ts'
export { changeRoster, currentRoster, findReviewer, provenRoster } from './roster.ts'
