/** The window of the wallet that this page has opened, and where the wallet lives. */
export interface WalletWindow {
  readonly origin: string
  /** Null before the visitor has pressed the button. */
  readonly opened: MessageEventSource | null
}

/**
 * Whether a message comes from the wallet in the window that this page has opened. Anybody else, such as the page that opened this one, is not
 * answered: it would learn the visit's nonce, and could lead in its own holder in the place of the visitor.
 */
export function isFromWallet({ origin, source }: Pick<MessageEvent, 'origin' | 'source'>, wallet: WalletWindow): boolean {
  return wallet.opened !== null && source === wallet.opened && origin === wallet.origin
}
