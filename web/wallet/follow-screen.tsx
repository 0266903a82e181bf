import { followCases } from '../../src/device/wallet/follow-case.ts'
import type { CaseReply } from '../../src/shared/contract/types.ts'
import { Heading } from '../ui/shell.tsx'
import { Fault, useLoaded } from '../ui/use-task.tsx'
import { dateText } from '../ui/words.ts'
import type { ScreenProps } from './wallet-home.tsx'
import { WithdrawPart } from './withdraw-part.tsx'

const pollMilliseconds = 3000

/** A submission under review: what has happened, live. Nobody learns a verdict before the round is decided. */
export function FollowScreen({ wallet, live, onChange }: ScreenProps & { readonly live: CaseReply }) {
  const { value = live, fault } = useLoaded(async () => {
    const now = (await followCases(wallet)).find((each) => each.case === live.case) ?? live
    if (now.state !== live.state || now.round !== live.round) onChange()
    return now
  }, pollMilliseconds)
  const isAgreed = value.state === 'approved'
  return (
    <>
      <Heading>{isAgreed ? 'Two reviewers agree' : 'Your documents are being reviewed'}</Heading>
      <p class="lead">
        {isAgreed ? 'Your attestation is being made.' : 'You can close this page. It goes on without you, and this is where you see how it stands.'}
      </p>
      {fault !== undefined && <Fault error={fault} />}
      <ol class="timeline" aria-live="polite">
        <li class="done">
          <strong>Sent</strong>
          <div class="quiet small">{dateText(value.openedAtSeconds)}</div>
        </li>
        {value.openings.map(({ reviewer, round, atSeconds }) => (
          <li class="done" key={`${reviewer} ${round} ${atSeconds}`}>
            <strong>Opened by a reviewer of {organisationOf(value, reviewer)}</strong>
            <div class="quiet small">{dateText(atSeconds)}</div>
          </li>
        ))}
        <li class={isAgreed ? 'done' : 'now'}>
          <strong>Two reviewers must agree</strong>
          <div class="quiet small">By {dateText(value.deadlineSeconds)} at the latest</div>
        </li>
        <li class={isAgreed ? 'now' : ''}>Attestation</li>
      </ol>
      {!isAgreed && <WithdrawPart wallet={wallet} caseId={live.case} onChange={onChange} />}
    </>
  )
}

function organisationOf({ consents }: CaseReply, reviewer: string): string {
  return consents.flatMap(({ panel }) => panel).find((member) => member.reviewer === reviewer)?.organisation ?? 'the panel'
}
