/** Why a request to present is not taken up. */
export type RequestFault = 'no-opener' | 'framed' | 'null-origin' | 'bad-request' | 'bad-target'

/** Who asks, what they ask, and how the answer reaches them and nobody else. */
export interface AskedPresentation {
  /** The origin that the browser reports, or the redirect URI. It is signed, so the answer is of no use to others. */
  readonly audience: string
  /** What the person reads: the origin of whoever gets the answer. */
  readonly site: string
  readonly nonce: string
  readonly answer: (presentation: string) => void
  readonly decline: () => void
}

/** A refusal to take up a request; programs read `code`. */
export class RequestRefused extends Error {
  readonly code: RequestFault

  constructor(code: RequestFault) {
    super('This request cannot be answered.')
    this.name = 'RequestRefused'
    this.code = code
  }
}

/** What pages say to each other. */
export const messages = {
  ready: 'vouchsafe/ready',
  request: 'vouchsafe/request',
  presentation: 'vouchsafe/presentation',
  declined: 'vouchsafe/declined',
} as const

/** Relying parties choose nonces; anything that is not one is a mistake or an attack. */
export function isNonce(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_.~-]{16,128}$/.test(value)
}

/**
 * Whether a presentation may be sent to this origin: https, or this machine for those who develop.
 * An opaque origin ("null") could be anybody's, and a file has no origin at all.
 */
export function isSiteOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  return url.origin === origin && (url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url.hostname)))
}

function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]'
}

/**
 * Reads a request out of the fragment, `#nonce=…&redirect_uri=…&state=…`; the audience is the redirect URI.
 * @returns undefined if the fragment holds no request.
 * @throws {RequestRefused} `bad-request`, `bad-target`
 */
export function requestOfFragment(fragment: string, leave: (url: string) => void): AskedPresentation | undefined {
  const asked = new URLSearchParams(fragment)
  const target = asked.get('redirect_uri')
  if (target === null) return undefined
  const nonce = asked.get('nonce')
  const url = redirectUrl(target)
  if (!isNonce(nonce)) throw new RequestRefused('bad-request')
  const state = asked.get('state')
  const back = (answer: Readonly<Record<string, string>>) => (): void =>
    leave(`${target}#${new URLSearchParams({ ...answer, ...(state !== null && { state }) }).toString()}`)
  return { audience: target, site: url.origin, nonce, answer: (presentation) => back({ presentation })(), decline: back({ error: 'declined' }) }
}

/** A redirect URI is where the person and the answer go: no script, no hidden user, no fragment of its own. */
function redirectUrl(target: string): URL {
  if (!URL.canParse(target) || target.length > 2000) throw new RequestRefused('bad-target')
  const url = new URL(target)
  if (!isSiteOrigin(url.origin) || url.username !== '' || url.password !== '' || target.includes('#') || url.href !== target)
    throw new RequestRefused('bad-target')
  return url
}

/** The windows that a presentation page deals with; tests give their own. */
export interface Windows {
  readonly self: Pick<Window, 'addEventListener' | 'removeEventListener'>
  readonly opener: Pick<Window, 'postMessage'> | null
  readonly isFramed: boolean
}

/**
 * Waits for the request of the window that opened this one. The first word of that window counts, and later ones change nothing.
 * What is sent to it can be read by the origin that asked alone, even if the window has gone elsewhere meanwhile.
 * @throws {RequestRefused} `no-opener`, `framed`, `null-origin`, `bad-request`
 */
export async function requestOfOpener({ self, opener, isFramed }: Windows): Promise<AskedPresentation> {
  if (isFramed) throw new RequestRefused('framed')
  if (opener === null) throw new RequestRefused('no-opener')
  const { origin, data } = await firstMessage({ self, opener })
  if (!isSiteOrigin(origin)) throw new RequestRefused('null-origin')
  const { nonce } = data
  if (!isNonce(nonce)) throw new RequestRefused('bad-request')
  return {
    audience: origin,
    site: origin,
    nonce,
    answer: (presentation) => opener.postMessage({ type: messages.presentation, nonce, presentation }, origin),
    decline: () => opener.postMessage({ type: messages.declined, nonce }, origin),
  }
}

interface RequestMessage {
  readonly origin: string
  readonly data: { readonly type: string; readonly nonce?: unknown }
}

function firstMessage({ self, opener }: Pick<Windows, 'self'> & { readonly opener: Pick<Window, 'postMessage'> }): Promise<RequestMessage> {
  return new Promise((resolve) => {
    const heard = (event: MessageEvent<unknown>): void => {
      const { data } = event
      if (event.source !== opener || typeof data !== 'object' || data === null || !('type' in data) || data.type !== messages.request) return
      self.removeEventListener('message', heard)
      resolve({ origin: event.origin, data: data as RequestMessage['data'] })
    }
    self.addEventListener('message', heard)
    // It says nothing but that this page listens, so anybody may hear it.
    opener.postMessage({ type: messages.ready }, '*')
  })
}
