import { useEffect, useRef, useState } from 'preact/hooks'
import { Busy, Notice } from '../ui/parts.tsx'
import { Heading, show } from '../ui/shell.tsx'
import { useLoaded } from '../ui/use-task.tsx'
import { refusalText } from './refusal-text.ts'
import { isFromWallet } from './wallet-window.ts'

/** What this site's server says at the beginning of a visit. */
interface Visit {
  readonly nonce: string
  readonly walletUrl: string
}

/** How the visit went. */
type Outcome = { readonly is: 'welcome'; readonly isFirstVisit: boolean; readonly ageSeconds: number } | { readonly is: 'refused'; readonly code: string } | { readonly is: 'declined' } | { readonly is: 'checking' } // prettier-ignore

function SalePage() {
  const visit = useLoaded(openVisit)
  const [outcome, setOutcome] = useState<Outcome>()
  const opened = useRef<Window | null>(null)
  const current = visit.value
  useEffect(() => {
    if (current === undefined) return undefined
    const { origin } = new URL(current.walletUrl)
    const heard = (event: MessageEvent<unknown>): void => {
      if (isFromWallet(event, { origin, opened: opened.current })) void answer(current, event, setOutcome)
    }
    addEventListener('message', heard)
    return () => removeEventListener('message', heard)
  }, [current])
  const openWallet = (url: string): void => {
    opened.current = window.open(url, '_blank')
  }
  const again = (): void => {
    opened.current = null
    setOutcome(undefined)
    visit.reload()
  }
  return (
    <>
      <header class="bar">
        <div>
          <span class="mark">Utopia Token Sale</span>
          <span class="badge">Demo</span>
        </div>
      </header>
      <main>
        {visit.fault !== undefined ? (
          <Notice kind="bad">The sale is not open at this moment. Reload the page.</Notice>
        ) : current === undefined ? (
          <Busy>Opening …</Busy>
        ) : (
          <Visit visit={current} outcome={outcome} again={again} openWallet={openWallet} />
        )}
      </main>
      <footer>A demonstration: nothing is sold here. This site keeps nothing about its visitors but that somebody identified was here.</footer>
    </>
  )
}

interface VisitProps {
  readonly visit: Visit
  readonly outcome: Outcome | undefined
  readonly again: () => void
  readonly openWallet: (url: string) => void
}

function Visit({ visit, outcome, again, openWallet }: VisitProps) {
  if (outcome?.is === 'checking') return <Busy>Checking the answer …</Busy>
  if (outcome?.is === 'welcome') return <Welcome outcome={outcome} />
  return (
    <>
      <Heading>Take part in the sale</Heading>
      <p class="lead">
        By law we sell only to people who have been identified. We do not want to know who you are, so we ask an authority’s word for it instead of your
        documents.
      </p>
      {outcome?.is === 'refused' && (
        <Notice kind="bad">
          <p>{refusalText(outcome.code)}</p>
          <p class="small mono" data-code>
            {outcome.code}
          </p>
        </Notice>
      )}
      {outcome?.is === 'declined' && <Notice>You chose not to answer. That is fine; the offer stands.</Notice>}
      <div class="actions">
        {outcome === undefined ? (
          <a
            class="button first"
            href={visit.walletUrl}
            target="_blank"
            rel="opener"
            referrerpolicy="no-referrer"
            onClick={(event) => {
              // A link does not say which window it opened; what other windows say is not heard.
              event.preventDefault()
              openWallet(visit.walletUrl)
            }}
          >
            Prove that I am identified
          </a>
        ) : (
          <button type="button" class="button first" onClick={again}>
            Try again
          </button>
        )}
      </div>
    </>
  )
}

function Welcome({ outcome }: { readonly outcome: Extract<Outcome, { readonly is: 'welcome' }> }) {
  return (
    <>
      <Heading>Welcome</Heading>
      <Notice kind="good">
        <p>
          <strong>You are identified, and may take part.</strong>{' '}
          {outcome.isFirstVisit ? 'This is your first visit here.' : 'We know you from an earlier visit.'}
        </p>
      </Notice>
      <p>We learnt nothing else about you: no name, no number, no document.</p>
      <p class="quiet small">Checked against the authority’s status list, {outcome.ageSeconds} seconds old.</p>
    </>
  )
}

async function openVisit(): Promise<Visit> {
  const reply = await fetch('/session', { method: 'POST' })
  if (!reply.ok) throw new Error('no session')
  return (await reply.json()) as Visit
}

/** The wallet says that it listens, then answers; what else it might say is not heard. */
async function answer({ nonce }: Visit, { data, source, origin }: MessageEvent<unknown>, setOutcome: (outcome: Outcome) => void): Promise<void> {
  const message = (data ?? {}) as { readonly type?: unknown; readonly nonce?: unknown; readonly presentation?: unknown }
  if (message.type === 'vouchsafe/ready') return source?.postMessage({ type: 'vouchsafe/request', nonce }, { targetOrigin: origin })
  if (message.nonce !== nonce) return
  if (message.type === 'vouchsafe/declined') return setOutcome({ is: 'declined' })
  if (message.type !== 'vouchsafe/presentation') return
  setOutcome({ is: 'checking' })
  setOutcome(await sent(message.presentation).catch(() => ({ is: 'refused', code: 'no-answer' }) as const))
}

async function sent(presentation: unknown): Promise<Outcome> {
  const reply = await fetch('/presentations', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ presentation }) })
  const said = (await reply.json()) as { readonly code?: string; readonly isFirstVisit?: boolean; readonly statusAgeSeconds?: number }
  return reply.ok
    ? { is: 'welcome', isFirstVisit: said.isFirstVisit === true, ageSeconds: said.statusAgeSeconds ?? 0 }
    : { is: 'refused', code: said.code ?? 'no-answer' }
}

show(<SalePage />)
