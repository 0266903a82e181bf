import { useState } from 'preact/hooks'
import type { VaultDocument } from '../../src/device/vault/vault-index.ts'
import { keepDocument, readDocument } from '../../src/device/wallet/keep-document.ts'
import type { EvidenceType, Side } from '../../src/shared/contract/types.ts'
import { FileButton, Notice } from '../ui/parts.tsx'
import { Picture } from '../ui/picture.tsx'
import { plainPicture } from '../ui/plain-picture.ts'
import { Heading } from '../ui/shell.tsx'
import { type Task, useTask } from '../ui/use-task.tsx'
import { dayText, fileName } from '../ui/words.ts'
import { DetailsForm } from './details-form.tsx'
import type { ScreenProps } from './wallet-home.tsx'
import { missingEvidence } from './wallet-state.ts'

type Place = readonly [type: EvidenceType, side: Side]

const mainPlaces: readonly Place[] = [
  ['passport', 'single'],
  ['identity-card', 'front'],
  ['identity-card', 'back'],
]

const furtherPlaces: readonly Place[] = [
  ['driving-licence', 'front'],
  ['driving-licence', 'back'],
  ['residence-registration', 'single'],
  ['temporary-registration', 'single'],
  ['financial-document', 'single'],
]

/** The vault: what is in it, and where more can be put. */
export function DocumentsScreen(props: ScreenProps) {
  const task = useTask()
  const missing = missingEvidence(props.state.index)
  return (
    <>
      <Heading>Your documents</Heading>
      <p class="lead">
        Pictures are drawn anew on this device, without place, time or camera data, and sealed before they leave it. Only your devices can open them.
      </p>
      {missing.length > 0 ? (
        <Notice>
          <p>Still needed:</p>
          <ul>
            {missing.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Notice>
      ) : (
        <Notice kind="good">
          Everything is here. <a href="#next">Go on to the next step</a>
        </Notice>
      )}
      {task.state}
      <h2>One main document</h2>
      <p class="quiet">A passport, or both sides of an identity card.</p>
      <PlaceList places={mainPlaces} task={task} {...props} />
      <h2>One further document</h2>
      <p class="quiet">Any one of these. It must name the same person.</p>
      <PlaceList places={furtherPlaces} task={task} {...props} />
      <h2>Your details</h2>
      <DetailsForm {...props} />
    </>
  )
}

function PlaceList({ places, task, wallet, state, onChange }: ScreenProps & { readonly places: readonly Place[]; readonly task: Task }) {
  const keep = async ([type, side]: Place, file: File): Promise<void> => {
    await keepDocument(wallet, { type, side, plain: await plainPicture(file) })
    onChange()
  }
  return (
    <ul class="card rows">
      {places.map((place) => {
        const [type, side] = place
        const name = fileName({ type, side })
        const kept = state.index.documents.find((each) => each.type === type && each.side === side)
        return (
          <li class="row" key={name}>
            <div>
              <strong>{name}</strong>
              {kept && <div class="quiet small">Sealed on {dayText(kept.addedAtSeconds)}</div>}
            </div>
            <FileButton
              label={`${kept ? 'Replace' : 'Add'}: ${name}`}
              text={kept ? 'Replace' : 'Add picture'}
              isDisabled={task.isBusy}
              onFile={(file) => task.run(`Sealing: ${name} …`, () => keep(place, file))}
            />
            {kept && <Preview key={kept.sha256} document={kept} wallet={wallet} />}
          </li>
        )
      })}
    </ul>
  )
}

function Preview({ document, wallet }: { readonly document: VaultDocument } & Pick<ScreenProps, 'wallet'>) {
  const task = useTask()
  const [plain, setPlain] = useState<Uint8Array>()
  const open = async (): Promise<void> => setPlain(await readDocument(wallet, document))
  if (plain !== undefined) return <Picture plain={plain} label={fileName(document)} watermark="your own copy" />
  return task.state ? (
    <>{task.state}</>
  ) : (
    <button type="button" class="plain small" aria-label={`Look at it: ${fileName(document)}`} onClick={() => task.run('Opening …', open)}>
      Look at it
    </button>
  )
}
