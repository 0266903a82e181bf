import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Busy, Notice } from './parts.tsx'
import { plainReason } from './plain-reason.ts'

/** Something that a person has started on this screen: whether it is under way, and why it failed. */
export interface Task {
  readonly isBusy: boolean
  /** What is going on, or why it did not work; nothing otherwise. */
  readonly state: ComponentChildren
  /** Starts work, unless some is under way. */
  readonly run: (saying: string, work: () => Promise<void>) => void
}

/** One thing at a time, with its progress and its failure in plain words. */
export function useTask(): Task {
  const [saying, setSaying] = useState<string>()
  const [fault, setFault] = useState<unknown>()
  const isUnderWay = useRef(false)
  const run = (text: string, work: () => Promise<void>): void => {
    if (isUnderWay.current) return
    isUnderWay.current = true
    setSaying(text)
    setFault(undefined)
    void work()
      .catch((error: unknown) => setFault(error ?? new Error('unknown')))
      .finally(() => {
        isUnderWay.current = false
        setSaying(undefined)
      })
  }
  return { isBusy: saying !== undefined, run, state: saying !== undefined ? <Busy>{saying}</Busy> : fault !== undefined ? <Fault error={fault} /> : undefined }
}

/** Why something did not work, and what to do. */
export function Fault({ error }: { readonly error: unknown }) {
  const { text, code } = plainReason(error)
  return (
    <Notice kind="bad">
      <p>{text}</p>
      {code !== undefined && <p class="small mono">{code}</p>}
    </Notice>
  )
}

/** What a screen needs before it can be shown. */
export interface Loaded<T> {
  readonly value: T | undefined
  readonly fault: unknown
  readonly reload: () => void
}

/** Loads when the screen appears, and again every `everyMilliseconds` while it is seen. */
export function useLoaded<T>(load: () => Promise<T>, everyMilliseconds?: number): Loaded<T> {
  const [value, setValue] = useState<T>()
  const [fault, setFault] = useState<unknown>()
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let isGone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const once = async (): Promise<void> => {
      try {
        const next = await load()
        if (!isGone) setValue(() => next)
        if (!isGone) setFault(undefined)
      } catch (error) {
        if (!isGone) setFault(error ?? new Error('unknown'))
      }
      if (!isGone && everyMilliseconds !== undefined) timer = setTimeout(() => void once(), everyMilliseconds)
    }
    void once()
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [turn])
  return { value, fault, reload: () => setTurn((each) => each + 1) }
}
