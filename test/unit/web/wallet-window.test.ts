import { isFromWallet } from '../../../web/demo-ico/wallet-window.ts'

const origin = 'https://authority.example'
const opened = { name: 'the window that the sale opened' } as unknown as MessageEventSource
const stranger = { name: 'the window that opened the sale' } as unknown as MessageEventSource

describe('the demo sale', () => {
  test('hears the wallet in the window that it opened', () => {
    expect(isFromWallet({ origin, source: opened }, { origin, opened })).toBe(true)
  })

  test('does not hear the window that opened it, whatever origin that has', () => {
    expect(isFromWallet({ origin: 'https://elsewhere.example', source: stranger }, { origin, opened })).toBe(false)
    expect(isFromWallet({ origin, source: stranger }, { origin, opened })).toBe(false)
  })

  test('does not hear the window that it opened once another site is in there', () => {
    expect(isFromWallet({ origin: 'https://elsewhere.example', source: opened }, { origin, opened })).toBe(false)
  })

  test('hears nobody before it has opened a window', () => {
    expect(isFromWallet({ origin, source: stranger }, { origin, opened: null })).toBe(false)
    expect(isFromWallet({ origin, source: null }, { origin, opened: null })).toBe(false)
  })
})
