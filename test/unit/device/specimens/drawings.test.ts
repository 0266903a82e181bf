import { readFile } from 'node:fs/promises'
import { drawSelfie, drawSpecimen, specimenPerson, specimenSheets } from '../../../../src/device/specimens/index.ts'
import { readPng } from './read-png.ts'

const person = specimenPerson('specimen')
const committed = async (name: string): Promise<Uint8Array> => readFile(new URL(`../../../../specimens/${name}.png`, import.meta.url))

describe('drawn specimens', () => {
  it.each(specimenSheets)('draws the committed %s (%s) again, pixel by pixel', async (type, side) => {
    const [drawn, kept] = [readPng(await drawSpecimen(person, type, side)), readPng(await committed(`${type}-${side}`))]
    expect([drawn.width, drawn.height]).toEqual([kept.width, kept.height])
    expect(Buffer.compare(drawn.pixels, kept.pixels)).toBe(0)
  })

  it.each(specimenSheets)('keeps the committed %s (%s) small', async (type, side) => {
    expect((await committed(`${type}-${side}`)).length).toBeLessThan(62_000)
  })

  it('draws another person differently', async () => {
    const other = readPng(await drawSpecimen(specimenPerson('another'), 'passport', 'single'))
    expect(differingShare(readPng(await committed('passport-single')), other)).toBeGreaterThan(0.03)
  })

  it('draws the code into the selfie: another code gives another sheet and the same face', async () => {
    const [one, two] = [readPng(await drawSelfie(person, 'AAAA-1111', 'passport')), readPng(await drawSelfie(person, 'ZZZZ-9999', 'passport'))]
    expect(differingShare(one, two, [700, 1100])).toBeGreaterThan(0.005)
    expect(differingShare(one, two, [0, 700])).toBeLessThan(0.002)
  })

  it('holds the document that it is asked for', async () => {
    const [one, two] = [readPng(await drawSelfie(person, 'AAAA-1111', 'passport')), readPng(await drawSelfie(person, 'AAAA-1111', 'identity-card'))]
    expect(differingShare(one, two, [150, 500])).toBeGreaterThan(0.02)
  })

  it('refuses a side that a document does not have, and a code that it cannot write', async () => {
    await expect(drawSpecimen(person, 'passport', 'back')).rejects.toThrow(RangeError)
    await expect(drawSelfie(person, 'ключ', 'passport')).rejects.toThrow(RangeError)
  })
})

/** The share of pixels, within rows, that differ by more than the palettes of two pictures may. */
function differingShare(one: { width: number; pixels: Uint8Array }, two: { pixels: Uint8Array }, [from, to] = [0, one.pixels.length / 3 / one.width]): number {
  let differing = 0
  for (let at = from * one.width * 3; at < to * one.width * 3; at += 3) {
    const apart = (channel: number): number => ((one.pixels[at + channel] ?? 0) - (two.pixels[at + channel] ?? 0)) ** 2
    if (apart(0) + apart(1) + apart(2) > 24 ** 2) differing++
  }
  return differing / ((to - from) * one.width)
}
