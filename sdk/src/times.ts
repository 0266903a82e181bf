/** How far another machine's clock may be ahead of ours. */
export const clockSkewSeconds = 60

/** How long a presentation may live. */
export const maxPresentationSeconds = 300

/** How long a copy of a credential may live. */
export const maxCredentialSeconds = 31 * 86_400

/** Unix time in whole seconds. */
export function systemNowSeconds(): number {
  return Math.floor(Date.now() / 1000)
}
