import { useEffect, useState } from 'preact/hooks'
import { copiesOf, dropCopies, isLapsed } from '../../src/device/wallet/copies.ts'
import { present } from '../../src/device/wallet/present.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { credentialMemory } from '../ui/credential-memory.ts'
import { Busy, Button, Notice } from '../ui/parts.tsx'
import { Heading, Shell, show } from '../ui/shell.tsx'
import { Fault, useLoaded, useTask } from '../ui/use-task.tsx'
import { theSentence } from '../ui/words.ts'
import { type AskedPresentation, type RequestFault, requestOfFragment, requestOfOpener, RequestRefused } from './present-request.ts'

const memory = credentialMemory()
const fragment = location.hash.slice(1)
// A nonce has no business in the history.
history.replaceState(null, '', location.pathname)

/** The button wakes up a moment after it can be seen, so that a click meant for another window is not taken for consent. */
const wakeMilliseconds = 500

const faults: Readonly<Record<RequestFault, string>> = {
  'no-opener': 'A site opens this page when it wants to know whether you are identified. No site has asked.',
  framed: 'This page answers only in a window of its own.',
  'null-origin': 'The site that asks does not say where it is. Nothing was sent.',
  'bad-request': 'The site’s request makes no sense. Nothing was sent.',
  'bad-target': 'The site wants the answer sent to a place that is not safe. Nothing was sent.',
}

function PresentPage() {
  const request = useLoaded(async () => requestOfFragment(fragment, (url) => location.replace(url)) ?? (await requestOfOpener(windows())))
  const copies = useLoaded(async () => {
    await dropCopies(memory, (copy) => isLapsed(copy, systemClock.nowSeconds()))
    return (await copiesOf(memory)).length
  })
  const fault = request.fault ?? copies.fault
  if (fault instanceof RequestRefused) return <Refused fault={fault.code} />
  if (fault !== undefined) return <Fault error={fault} />
  if (request.value === undefined || copies.value === undefined) return <Busy>Asking the site what it wants …</Busy>
  return copies.value === 0 ? <NotIdentified asked={request.value} /> : <Question asked={request.value} />
}

function windows() {
  const opener = window.opener as Window | null
  return { self: window, opener, isFramed: window.top !== window }
}

function Refused({ fault }: { readonly fault: RequestFault }) {
  return (
    <>
      <Heading>{fault === 'no-opener' ? 'Nothing to answer' : 'This request is refused'}</Heading>
      <p class="lead">{faults[fault]}</p>
      <p class="small mono quiet">{fault}</p>
      <div class="actions">
        <a class="button" href="/wallet/">
          Open your wallet
        </a>
      </div>
    </>
  )
}

function NotIdentified({ asked }: { readonly asked: AskedPresentation }) {
  return (
    <>
      <Heading>No credential on this device</Heading>
      <p class="lead">
        <strong>{asked.site}</strong> asks whether you are identified. This device holds no copy of your credential, so nothing was sent.
      </p>
      <div class="actions">
        <a class="button first" href="/wallet/" target="_blank" rel="noopener">
          Open your wallet
        </a>
        <Button onClick={() => leave(asked)}>Not now</Button>
      </div>
    </>
  )
}

function Question({ asked }: { readonly asked: AskedPresentation }) {
  const task = useTask()
  const [isAwake, setAwake] = useState(false)
  const [isSent, setSent] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setAwake(true), wakeMilliseconds)
    return () => clearTimeout(timer)
  }, [])
  const answer = async (): Promise<void> => {
    const { audience, nonce } = asked
    asked.answer(await navigator.locks.request('vouchsafe-copies', () => present({ memory, clock: systemClock }, { audience, nonce })))
    setSent(true)
    window.close()
  }
  if (isSent) {
    return (
      <>
        <Heading>Done</Heading>
        <Notice kind="good">{asked.site} has your answer. You can close this window.</Notice>
      </>
    )
  }
  return (
    <>
      <Heading>Tell this site that you are identified?</Heading>
      <p class="code site" data-site>
        {asked.site}
      </p>
      <p>It is told one thing:</p>
      <blockquote class="card">{theSentence}</blockquote>
      <p class="quiet">Not your name, number, birthday, address or picture. The authority is not asked and does not learn where you have been.</p>
      {task.state}
      <div class="actions">
        <Button isFirst isDisabled={task.isBusy || !isAwake} onClick={() => task.run('Answering …', answer)}>
          Yes, tell the site
        </Button>
        <Button isDisabled={task.isBusy} onClick={() => leave(asked)}>
          No
        </Button>
      </div>
    </>
  )
}

function leave(asked: AskedPresentation): void {
  asked.decline()
  window.close()
}

show(
  <Shell>
    <PresentPage />
  </Shell>,
)
