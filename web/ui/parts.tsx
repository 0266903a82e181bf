import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

/** Something that the person should know. A fault is announced at once. */
export function Notice({ kind = 'info', children }: { readonly kind?: 'info' | 'good' | 'warn' | 'bad'; readonly children: ComponentChildren }) {
  return (
    <div class={`notice ${kind}`} role={kind === 'bad' ? 'alert' : undefined}>
      {children}
    </div>
  )
}

/** Says what is going on while something takes its time. */
export function Busy({ children }: { readonly children: ComponentChildren }) {
  return (
    <div class="busy" role="status">
      <span class="spinner" aria-hidden="true" />
      <span>{children}</span>
    </div>
  )
}

interface ButtonProps {
  readonly onClick?: () => void
  readonly isFirst?: boolean
  readonly isDanger?: boolean
  readonly isDisabled?: boolean
  readonly isSubmit?: boolean
  readonly children: ComponentChildren
}

/** A button; `isFirst` is the one thing to do here. */
export function Button({ onClick, isFirst = false, isDanger = false, isDisabled = false, isSubmit = false, children }: ButtonProps) {
  const look = `button${isFirst ? ' first' : ''}${isDanger ? ' danger' : ''}`
  return (
    <button type={isSubmit ? 'submit' : 'button'} class={look} disabled={isDisabled} {...(onClick && { onClick })}>
      {children}
    </button>
  )
}

interface TextFieldProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onValue: (value: string) => void
  /** Which keyboard a phone shows. */
  readonly keyboard?: 'text' | 'tel'
  readonly isMultiline?: boolean
  readonly maxLength?: number
}

/** A labelled text. What is typed stays with the page: nothing is completed, corrected or sent anywhere. */
export function TextField({ label, hint, value, onValue, keyboard = 'text', isMultiline = false, maxLength = 200 }: TextFieldProps) {
  const id = useId()
  const described: { 'aria-describedby'?: string } = hint === undefined ? {} : { 'aria-describedby': `${id}-hint` }
  const common = { id, value, maxLength, autocomplete: 'off', spellcheck: false, autocapitalize: 'off', ...described } as const
  const onInput = (event: { readonly currentTarget: { readonly value: string } }): void => onValue(event.currentTarget.value)
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="quiet small" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {isMultiline ? <textarea {...common} onInput={onInput} /> : <input {...common} type="text" inputMode={keyboard} onInput={onInput} />}
    </div>
  )
}

/** A labelled choice. */
export function Choice({ label, value, options, onValue }: ChoiceProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [value: string, text: string])[]
  readonly onValue: (value: string) => void
}

interface FileButtonProps {
  /** What a screen reader says; the visible text may be shorter. */
  readonly label: string
  readonly text: string
  readonly isFirst?: boolean
  readonly isDisabled?: boolean
  /** Opens the front camera where there is one. */
  readonly isSelfie?: boolean
  readonly onFile: (file: File) => void
}

/** A button that takes one picture from the camera or the files. */
export function FileButton({ label, text, isFirst = false, isDisabled = false, isSelfie = false, onFile }: FileButtonProps) {
  return (
    <span class="file">
      <input
        type="file"
        accept="image/png,image/jpeg,image/webp"
        aria-label={label}
        disabled={isDisabled}
        {...(isSelfie && { capture: 'user' as const })}
        onChange={(event) => {
          const input = event.currentTarget
          const [file] = input.files ?? []
          input.value = ''
          if (file) onFile(file)
        }}
      />
      <span class={`button${isFirst ? ' first' : ''}`} aria-hidden="true">
        {text}
      </span>
    </span>
  )
}

/** A tick that the person sets. */
export function Check({
  isOn,
  onChange,
  children,
}: {
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly children: ComponentChildren
}) {
  return (
    <label class="check">
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{children}</span>
    </label>
  )
}
