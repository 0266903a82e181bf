import { Heading, Shell, show } from '../ui/shell.tsx'
import { useLoaded } from '../ui/use-task.tsx'
import { theSentence } from '../ui/words.ts'
import { PublicRecord } from './public-record.tsx'
import { publicRecord } from './read-public.ts'

function HomePage() {
  const record = useLoaded(publicRecord)
  return (
    <Shell isTest={record.value?.trust.environment === 'test'} isWide>
      <Heading>Identified once, by people. Proven anywhere, without your documents.</Heading>
      <p class="lead">
        Vouchsafe lets two reviewers look at your documents once, with your consent. Then any site that needs to know is told one sentence, and nothing else.
      </p>
      <blockquote class="card">{theSentence}</blockquote>
      <div class="grid">
        <section class="card">
          <h2>For you</h2>
          <p>Keep your documents sealed, be identified, show it with one click.</p>
          <a class="button first" href="/wallet/">
            Open your wallet
          </a>
        </section>
        <section class="card">
          <h2>For reviewers</h2>
          <p>Claim a case, check it, sign your verdict with your own key.</p>
          <a class="button" href="/review/">
            Review
          </a>
        </section>
        <section class="card">
          <h2>For sites</h2>
          <p>Check offline against published keys. Try it on a demo token sale.</p>
          {record.value?.demoSite === undefined ? (
            <a class="button" href="/openapi.json">
              See the interface
            </a>
          ) : (
            <a class="button" href={record.value.demoSite} rel="noreferrer">
              Visit the demo sale
            </a>
          )}
        </section>
      </div>
      <h2>How it works</h2>
      <ol>
        <li>Your device seals your documents. The authority keeps bytes that it cannot read.</li>
        <li>You apply, and reviewers are drawn by lot. You see who they are, and agree or decline.</li>
        <li>Two reviewers must agree, each by a signature of their own. Nobody else can make an attestation.</li>
        <li>You get copies of one credential. It holds no name, number, date of birth or picture.</li>
        <li>You present a copy to a site. The site checks it with public keys; the authority is not told.</li>
      </ol>
      <PublicRecord record={record} />
    </Shell>
  )
}

show(<HomePage />)
