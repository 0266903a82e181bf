import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import supertest from 'supertest'
import { sampleApp } from './frame-setup.ts'

const folder = mkdtempSync(join(tmpdir(), 'vouchsafe-pages-'))
for (const page of ['', 'wallet', 'present', 'demo-ico', 'assets']) mkdirSync(join(folder, page), { recursive: true })
for (const page of ['.', 'wallet', 'present', 'demo-ico']) writeFileSync(join(folder, page, 'index.html'), `<title>${page}</title>`)
writeFileSync(join(folder, 'assets/app-1.js'), '1')
writeFileSync(join(folder, '.hidden'), '1')
const { app } = sampleApp({ pagesFolder: folder })

afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  ['/', 'same-origin'],
  ['/wallet/', 'same-origin'],
  ['/present/', 'unsafe-none'],
])('serves the page %s with the opener policy %s', async (path, policy) => {
  const { status, headers } = await supertest(app).get(path)
  expect([status, headers['cross-origin-opener-policy'], headers['cache-control']]).toEqual([200, policy, 'no-cache'])
  expect(headers['content-security-policy']).toMatch(/^default-src 'none';/)
  expect(headers['content-security-policy']).toContain("connect-src 'self'")
  expect(headers['content-security-policy']).not.toContain('unsafe')
})

test('leads a page without its slash to the one with it', async () => {
  expect((await supertest(app).get('/wallet')).headers['location']).toBe('/wallet/')
})

test('lets files whose name holds their hash be kept', async () => {
  expect((await supertest(app).get('/assets/app-1.js')).headers['cache-control']).toContain('immutable')
})

test.each(['/.hidden', '/..%2fpackage.json', '/assets/', '/demo-ico/', '/demo-ico/index.html'])('does not serve %s', async (path) => {
  expect((await supertest(app).get(path)).status).toBe(404)
})

test('goes on answering routes, with headers that forbid everything', async () => {
  expect((await supertest(app).get('/keys.json')).headers['content-security-policy']).toContain("form-action 'none'")
  expect((await supertest(app).get('/wallet/nowhere')).body.code).toBe('not-found')
})
