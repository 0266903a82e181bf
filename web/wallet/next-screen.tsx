import { openCase } from '../../src/device/wallet/open-case.ts'
import { Busy, Button, Notice } from '../ui/parts.tsx'
import { Heading } from '../ui/shell.tsx'
import { useTask } from '../ui/use-task.tsx'
import { endTexts, reasonTexts } from '../ui/words.ts'
import { AttestationScreen } from './attestation-screen.tsx'
import { ConsentScreen } from './consent-screen.tsx'
import { FollowScreen } from './follow-screen.tsx'
import { ReplacementScreen } from './replacement-screen.tsx'
import { ResubmitScreen } from './resubmit-screen.tsx'
import type { ScreenProps } from './wallet-home.tsx'
import { appliedPolicy, missingEvidence } from './wallet-state.ts'

/** The one thing to do now. */
export function NextScreen(props: ScreenProps) {
  const { live, attestation, index } = props.state
  if (live !== undefined && live.state !== 'opened') return <LiveScreen key={`${live.state} ${live.round}`} {...props} live={live} />
  if (attestation !== undefined) return <AttestationScreen {...props} />
  return missingEvidence(index).length > 0 ? <GatherScreen {...props} /> : <ApplyScreen {...props} />
}

type Live = NonNullable<ScreenProps['state']['live']>

function LiveScreen({ live, ...props }: ScreenProps & { readonly live: Live }) {
  if (live.state === 'drawn') return <ConsentScreen {...props} live={live} />
  if (live.state === 'resubmission-needed') return <ResubmitScreen {...props} live={live} />
  if (live.state === 'consent-needed') return <ReplacementScreen {...props} live={live} />
  return <FollowScreen {...props} live={live} />
}

function LastOutcome({ state: { cases } }: ScreenProps) {
  const last = cases.at(-1)
  const text = last && endTexts[last.state]
  if (last === undefined || text === undefined) return null
  const reasons = last.state === 'rejected' ? (last.outcomes.at(-1)?.reasons ?? []) : []
  return (
    <Notice kind={last.state === 'withdrawn' ? 'info' : 'warn'}>
      <p>{text}</p>
      {reasons.length > 0 && (
        <ul>
          {reasons.map(({ sha256, code }) => (
            <li key={sha256 + code}>{reasonTexts[code]}</li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

function GatherScreen(props: ScreenProps) {
  return (
    <>
      <Heading>Gather your documents</Heading>
      <LastOutcome {...props} />
      <p class="lead">Have these at hand. It takes about ten minutes, and you can stop and go on later.</p>
      <ul>
        {missingEvidence(props.state.index).map((each) => (
          <li key={each}>{each}</li>
        ))}
        <li>Later: pen, paper and a camera, for a selfie with a code</li>
      </ul>
      <div class="actions">
        <a class="button first" href="#documents">
          Add documents
        </a>
      </div>
    </>
  )
}

function ApplyScreen(props: ScreenProps) {
  const task = useTask()
  const isInterrupted = props.state.live !== undefined
  const apply = async (): Promise<void> => {
    await openCase(props.wallet, { purpose: 'identify', policy: appliedPolicy })
    props.onChange()
  }
  return (
    <>
      <Heading>{isInterrupted ? 'Go on with your submission' : 'Ready to apply'}</Heading>
      <LastOutcome {...props} />
      <p class="lead">Your documents are in your vault. Applying draws a small panel of reviewers by lot; neither you nor the authority can choose them.</p>
      <p>Nothing is opened yet. First you take a selfie with a code, then you see who would look at what, and decide.</p>
      {task.isBusy ? <Busy>Drawing the panel and checking the draw …</Busy> : task.state}
      <div class="actions">
        <Button isFirst isDisabled={task.isBusy} onClick={() => task.run('Drawing the panel …', apply)}>
          {isInterrupted ? 'Go on' : 'Apply'}
        </Button>
        <a class="button" href="#documents">
          Look at my documents
        </a>
      </div>
    </>
  )
}
