import { readFileSync } from 'node:fs'
import { gunzipSync, inflateSync } from 'node:zlib'
import { decodeList } from '@digitalbazaar/vc-bitstring-status-list'
import { encodeBitstring, encodeTokenStatusList, type PlaceStatus } from '../../../../src/authority/status/encode-lists.ts'

interface Vector {
  readonly index: number
  readonly tokenStatusList: Record<'1' | '2', { readonly byte: number; readonly value: number; readonly lst: string }>
  readonly bitstring: { readonly byte: number; readonly value: number; readonly encodedList: string }
}

const { lists } = JSON.parse(readFileSync('test/vectors/status.json', 'utf8')) as { lists: Vector[] }
const inflated = (lst: string): Uint8Array => inflateSync(Buffer.from(lst, 'base64url'))
const gunzipped = (list: string): Uint8Array => gunzipSync(Buffer.from(list.slice(1), 'base64url'))
const onlyByte = (bytes: Uint8Array): number[][] => [...bytes.entries()].filter(([, value]) => value !== 0)

describe.each(lists)('the vector for place $index', ({ index, tokenStatusList, bitstring }) => {
  it.each(['1', '2'] as const)('is what a Token Status List with status %s packs', (status) => {
    const { byte, value, lst } = tokenStatusList[status]
    const bytes = inflated(encodeTokenStatusList(new Map([[index, Number(status) as PlaceStatus]])))
    expect(bytes).toHaveLength(32_768)
    expect(onlyByte(bytes)).toEqual([[byte, value]])
    expect(Buffer.from(bytes).equals(inflated(lst))).toBe(true)
  })

  it('is what a Bitstring Status List packs, each purpose apart', () => {
    const revoked = new Map<number, PlaceStatus>([[index, 1]])
    const bytes = gunzipped(encodeBitstring(revoked, 1))
    expect(bytes).toHaveLength(16_384)
    expect(onlyByte(bytes)).toEqual([[bitstring.byte, bitstring.value]])
    expect(Buffer.from(bytes).equals(gunzipped(bitstring.encodedList))).toBe(true)
    expect(onlyByte(gunzipped(encodeBitstring(revoked, 2)))).toEqual([])
  })

  it('is read at that place, and not at its neighbours, by another implementation', async () => {
    const list = await decodeList({ encodedList: encodeBitstring(new Map([[index, 2]]), 2) })
    const around = [index - 1, index, index + 1].filter((place) => place >= 0 && place < list.length)
    expect(around.filter((place) => list.getStatus(place))).toEqual([index])
  })
})

it('keeps neighbours in one byte apart', () => {
  const marked = new Map<number, PlaceStatus>([[4, 1], [5, 2], [7, 1]]) // prettier-ignore
  expect(inflated(encodeTokenStatusList(marked))[1]).toBe(0b01_00_10_01)
  expect(gunzipped(encodeBitstring(marked, 1))[0]).toBe(0b0000_1001)
})
