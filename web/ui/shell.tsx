import { type ComponentChildren, render } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import './style.css'

/** A link of the page's bar. */
export interface BarLink {
  readonly href: string
  readonly text: string
  readonly isCurrent?: boolean
}

/** The frame of every page of the authority: its mark, where one can go, the content. */
export function Shell({ links = [], isWide = false, isTest = false, children, end }: ShellProps) {
  return (
    <>
      <header class="bar">
        <div>
          <a class="mark" href="/">
            <Mark /> Vouchsafe
          </a>
          {isTest && <span class="badge">Test</span>}
          {links.length > 0 && (
            <nav aria-label="Sections">
              {links.map(({ href, text, isCurrent }) => (
                <a key={href} href={href} {...(isCurrent === true && { 'aria-current': 'page' as const })}>
                  {text}
                </a>
              ))}
            </nav>
          )}
          {end !== undefined && <div class="end">{end}</div>}
        </div>
      </header>
      <main class={isWide ? 'wide' : ''}>{children}</main>
    </>
  )
}

interface ShellProps {
  readonly links?: readonly BarLink[]
  readonly isWide?: boolean
  readonly isTest?: boolean
  readonly children: ComponentChildren
  readonly end?: ComponentChildren
}

/** The project's mark: a seal with a tick. */
export function Mark() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d="M12 2.5 20 6v6c0 5-3.4 8.2-8 9.5C7.4 20.2 4 17 4 12V6z" />
      <path d="m8.5 12 2.5 2.5 4.5-5" />
    </svg>
  )
}

/** A screen's heading. It takes the focus when the screen changes, so that a screen reader starts there. */
export function Heading({ children }: { readonly children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}

/** Shows a page. */
export function show(page: ComponentChildren): void {
  const place = document.getElementById('page')
  if (place !== null) render(page, place)
}
