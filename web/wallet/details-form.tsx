import { useState } from 'preact/hooks'
import { keepFields } from '../../src/device/wallet/keep-document.ts'
import { type DocumentKey, numberedTypes } from '../../src/shared/document-key.ts'
import { Button, Notice, TextField } from '../ui/parts.tsx'
import { useTask } from '../ui/use-task.tsx'
import { evidenceNames } from '../ui/words.ts'
import type { ScreenProps } from './wallet-home.tsx'

type Numbers = Readonly<Partial<Record<DocumentKey['type'], Omit<DocumentKey, 'type'>>>>

/** What reviewers compare with the pictures: typed here, sealed like a document. */
export function DetailsForm({ wallet, state: { index }, onChange }: ScreenProps) {
  const task = useTask()
  const [isSaved, setSaved] = useState(false)
  const [fields, setFields] = useState(index.plainFields)
  const [numbers, setNumbers] = useState<Numbers>(() =>
    Object.fromEntries(index.documentKeys.map(({ type, issuingState, number }) => [type, { issuingState, number }])),
  )
  const asked = numberedTypes.filter((type) => type === 'national-id-number' || index.documents.some((document) => document.type === type))
  const typed = (name: string) => (value: string) => {
    setSaved(false)
    setFields({ ...fields, [name]: value })
  }
  const save = async (): Promise<void> => {
    const keys = asked.flatMap((type) => keyOf(type, numbers))
    const nationalId = numbers['national-id-number']?.number.trim() ?? ''
    await keepFields(wallet, { ...trimmed(fields), 'national-id-number': nationalId }, keys)
    setSaved(true)
    onChange()
  }
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault()
        task.run('Sealing your details …', save)
      }}
    >
      <TextField label="Name" hint="As it stands in your main document." value={fields['name'] ?? ''} onValue={typed('name')} />
      <TextField label="Phone (optional)" keyboard="tel" value={fields['phone'] ?? ''} onValue={typed('phone')} />
      {asked.map((type) => (
        <NumberFields
          key={type}
          type={type}
          value={numbers[type] ?? { issuingState: '', number: '' }}
          onValue={(value) => {
            setSaved(false)
            setNumbers({ ...numbers, [type]: value })
          }}
        />
      ))}
      {task.state}
      {isSaved && <Notice kind="good">Your details are sealed in your vault.</Notice>}
      <Button isSubmit isFirst isDisabled={task.isBusy || (fields['name'] ?? '').trim() === ''}>
        Save details
      </Button>
    </form>
  )
}

interface NumberProps {
  readonly type: DocumentKey['type']
  readonly value: Omit<DocumentKey, 'type'>
  readonly onValue: (value: Omit<DocumentKey, 'type'>) => void
}

function NumberFields({ type, value, onValue }: NumberProps) {
  const name = type === 'national-id-number' ? 'National id' : evidenceNames[type]
  return (
    <fieldset>
      <legend class="hidden">{name}</legend>
      <div class="pair">
        <TextField
          label={`${name} number${type === 'national-id-number' ? ' (optional)' : ''}`}
          hint="As it is printed."
          value={value.number}
          onValue={(number) => onValue({ ...value, number })}
        />
        <TextField
          label={`${name} issued by`}
          hint="Three letters, such as UTO."
          value={value.issuingState}
          maxLength={3}
          onValue={(issuingState) => onValue({ ...value, issuingState: issuingState.toUpperCase() })}
        />
      </div>
    </fieldset>
  )
}

function keyOf(type: DocumentKey['type'], numbers: Numbers): DocumentKey[] {
  const { issuingState = '', number = '' } = numbers[type] ?? {}
  return issuingState.trim() === '' || number.trim() === '' ? [] : [{ type, issuingState: issuingState.trim(), number: number.trim() }]
}

function trimmed(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.trim()]))
}
