const weekSeconds = 7 * 86_400
/** The first Monday, 00:00 UTC, of Unix time. */
const firstMondaySeconds = 4 * 86_400
const weeksOfLife = 4

/** The dates that all copies of a week carry, so that dates tell nobody apart. */
export interface CredentialWeek {
  /** Monday 00:00 UTC. */
  readonly validFromSeconds: number
  /** 28 days later. */
  readonly validUntilSeconds: number
}

/** The dates of copies that are issued at this time. */
export function weekOf(nowSeconds: number): CredentialWeek {
  const validFromSeconds = nowSeconds - ((nowSeconds - firstMondaySeconds) % weekSeconds)
  return { validFromSeconds, validUntilSeconds: validFromSeconds + weeksOfLife * weekSeconds }
}

/** Unix seconds as an RFC 3339 date-time in UTC. */
export function dateTimeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
