import { useState } from 'preact/hooks'
import { refillCredentials } from '../../src/device/wallet/refill-credentials.ts'
import { revoke } from '../../src/device/wallet/revoke.ts'
import type { AttestationReply } from '../../src/shared/contract/types.ts'
import { Button, Notice } from '../ui/parts.tsx'
import { Heading, Mark } from '../ui/shell.tsx'
import { useTask } from '../ui/use-task.tsx'
import { dayText, theSentence } from '../ui/words.ts'
import type { ScreenProps } from './wallet-home.tsx'

const copiesAtOnce = 10

/** What the person holds: one sentence, until when, and the copies that present it. */
export function AttestationScreen(props: ScreenProps) {
  const { attestation } = props.state
  return attestation === undefined ? <NoAttestation {...props} /> : <Held {...props} attestation={attestation} />
}

function NoAttestation({ state: { attestations } }: ScreenProps) {
  const last = attestations.at(-1)
  return (
    <>
      <Heading>Attestation</Heading>
      {last?.state === 'revoked' && <Notice kind="warn">You revoked your attestation. Every copy of it is refused now.</Notice>}
      {last?.state === 'suspended' && <Notice kind="warn">Your attestation is suspended. Sites refuse it until that is settled.</Notice>}
      <p class="lead">{last ? 'You hold no valid attestation now.' : 'You have none yet. Once two reviewers have identified you, it is here.'}</p>
      <div class="actions">
        <a class="button first" href="#next">
          Go to the next step
        </a>
      </div>
    </>
  )
}

function Held(props: ScreenProps & { readonly attestation: AttestationReply }) {
  const { wallet, attestation, state, onChange } = props
  const task = useTask()
  const here = state.copies.filter((copy) => copy.attestation === attestation.attestation && copy.format === 'vc+jwt')
  const unused = here.filter(({ audience }) => audience === undefined).length
  const refill = async (): Promise<void> => {
    await navigator.locks.request('vouchsafe-copies', () =>
      refillCredentials(wallet, { attestation: attestation.attestation, format: 'vc+jwt', count: copiesAtOnce }),
    )
    onChange()
  }
  return (
    <>
      <Heading>You are identified</Heading>
      <div class="card seal">
        <Mark />
        <p>“{theSentence}”</p>
      </div>
      <dl class="facts">
        <dt>Valid until</dt>
        <dd>{dayText(attestation.validUntilSeconds)}</dd>
        <dt>Policy</dt>
        <dd>{attestation.policy}</dd>
        <dt>On this device</dt>
        <dd data-unused={unused}>{unused === 1 ? 'One unused copy' : `${unused} unused copies`}</dd>
      </dl>
      <p>Each site gets a copy of its own, so that sites cannot compare whom they have met. Copies last a month at most.</p>
      {unused === 0 && here.length === 0 && <Notice kind="warn">This device has no copies yet. Get some, then sites can be shown one with a click.</Notice>}
      {task.state}
      <div class="actions">
        <Button isFirst={unused < 3} isDisabled={task.isBusy} onClick={() => task.run('Making keys and getting copies …', refill)}>
          Get {copiesAtOnce} copies
        </Button>
      </div>
      <Shown audiences={here.flatMap(({ audience }) => audience ?? [])} />
      <RevokePart {...props} />
    </>
  )
}

function Shown({ audiences }: { readonly audiences: readonly string[] }) {
  if (audiences.length === 0) return null
  return (
    <>
      <h2>Shown to</h2>
      <ul>
        {audiences.map((audience) => (
          <li key={audience}>{audience}</li>
        ))}
      </ul>
      <p class="quiet small">This list is on this device only. The authority does not know it.</p>
    </>
  )
}

function RevokePart({ wallet, attestation, onChange }: ScreenProps & { readonly attestation: AttestationReply }) {
  const task = useTask()
  const [isAsking, setAsking] = useState(false)
  const act = async (): Promise<void> => {
    await revoke(wallet, attestation.attestation)
    onChange()
  }
  if (!isAsking) {
    return (
      <p>
        <button type="button" class="plain" onClick={() => setAsking(true)}>
          Revoke this attestation
        </button>
      </p>
    )
  }
  return (
    <section class="card" aria-label="Revoke">
      <p>Every copy, on every device, is refused from then on. This cannot be undone; you would have to be identified again.</p>
      {task.state}
      <div class="actions">
        <Button isDanger isDisabled={task.isBusy} onClick={() => task.run('Revoking …', act)}>
          Revoke for good
        </Button>
        <Button isDisabled={task.isBusy} onClick={() => setAsking(false)}>
          Keep it
        </Button>
      </div>
    </section>
  )
}
