import { randomBytes } from 'node:crypto'

/** A visitor's session: who nobody knows, which nonce was asked, and whether it has been answered. */
export interface Visitor {
  /** For the page to show; the cookie's secret is another value. */
  readonly visitor: string
  readonly nonce: string
  readonly expiresAtSeconds: number
  isUnanswered(): boolean
  /** Marks the nonce as answered; `true` for one caller only. */
  takeAnswer(): boolean
}

/** Sessions of this process. */
export interface Visitors {
  /** A new session with a nonce of its own. */
  open(nowSeconds: number): { readonly secret: string; readonly visitor: Visitor }
  /** The session of a cookie, unless it has run out. */
  find(secret: string | undefined, nowSeconds: number): Visitor | undefined
  end(secret: string | undefined): void
}

const sessionSeconds = 1800
const maxSessions = 10_000

/** Keeps sessions in memory; the oldest goes when there are too many. */
export function createVisitors(): Visitors {
  const sessions = new Map<string, Visitor>()
  return {
    open(nowSeconds) {
      const secret = randomBytes(24).toString('base64url')
      const visitor = newVisitor(nowSeconds + sessionSeconds)
      sessions.set(secret, visitor)
      if (sessions.size > maxSessions) sessions.delete(sessions.keys().next().value ?? '')
      return { secret, visitor }
    },
    find(secret = '', nowSeconds) {
      const visitor = sessions.get(secret)
      return visitor && visitor.expiresAtSeconds > nowSeconds ? visitor : undefined
    },
    end: (secret = '') => void sessions.delete(secret),
  }
}

function newVisitor(expiresAtSeconds: number): Visitor {
  let isAnswered = false
  return {
    visitor: `visitor-${randomBytes(4).toString('hex')}`,
    nonce: randomBytes(24).toString('base64url'),
    expiresAtSeconds,
    isUnanswered: () => !isAnswered,
    takeAnswer() {
      const isFirst = !isAnswered
      isAnswered = true
      return isFirst
    },
  }
}
