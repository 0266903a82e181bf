import { type Import, ruleNames, violationsOf } from './planted-tree.ts'

/** For each rule, imports that break it. */
const forbidden: Readonly<Record<string, readonly Import[]>> = {
  'shared-imports-nothing-of-ours': [
    ['src/shared/a.ts', 'src/device/b.ts'],
    ['src/shared/c.ts', 'src/storage/collection.ts'],
    ['src/shared/d.ts', '@vouchsafe/verify'],
  ],
  'device-imports-shared': [
    ['src/device/a.ts', 'src/authority/cases/index.ts'],
    ['src/device/c.ts', 'src/http/app.ts'],
    ['src/device/d.ts', 'src/storage/collection.ts'],
  ],
  'authority-imports-shared-and-ports': [
    ['src/authority/vault/device.ts', 'src/device/open.ts'],
    ['src/authority/vault/http.ts', 'src/http/app.ts'],
    ['src/authority/vault/config.ts', 'src/config/config.ts'],
    ['src/authority/vault/helper.ts', 'src/storage/helper.ts'],
    ['src/authority/act.ts', 'src/device/sign.ts'],
  ],
  'authority-by-the-door': [['src/authority/review/a.ts', 'src/authority/cases/inner.ts']],
  'authority-root-by-the-door': [['src/authority/duty.ts', 'src/authority/audit/inner.ts']],
  'authority-order-audit': [['src/authority/audit/a.ts', 'src/authority/keys/index.ts']],
  'authority-order-keys': [['src/authority/keys/a.ts', 'src/authority/accounts/index.ts']],
  'authority-order-accounts': [['src/authority/accounts/a.ts', 'src/authority/vault/index.ts']],
  'authority-order-vault': [['src/authority/vault/a.ts', 'src/authority/roster/index.ts']],
  'authority-order-roster': [['src/authority/roster/a.ts', 'src/authority/cases/index.ts']],
  'authority-order-cases': [['src/authority/cases/a.ts', 'src/authority/review/index.ts']],
  'authority-order-review': [['src/authority/review/b.ts', 'src/authority/uniqueness/index.ts']],
  'authority-order-uniqueness': [['src/authority/uniqueness/a.ts', 'src/authority/attestations/index.ts']],
  'authority-order-attestations': [['src/authority/attestations/a.ts', 'src/authority/status/index.ts']],
  'authority-order-status': [['src/authority/status/a.ts', 'src/authority/credentials/index.ts']],
  'authority-order-credentials': [['src/authority/credentials/a.ts', 'src/authority/relying-parties/index.ts']],
  'authority-order-relying-parties': [['src/authority/relying-parties/a.ts', 'src/authority/openid/index.ts']],
  'http-calls-doors': [
    ['src/http/routes/a.ts', 'src/authority/cases/open-case.ts'],
    ['src/http/routes/b.ts', 'src/storage/collection.ts'],
    ['src/http/routes/c.ts', 'src/device/d.ts'],
  ],
  'adapters-see-ports': [
    ['src/storage/sqlite/a.ts', 'src/storage/mongo/b.ts'],
    ['src/storage/sqlite/c.ts', 'src/authority/cases/index.ts'],
  ],
  'ports-see-shared': [['src/storage/blobs.ts', 'src/storage/files/b.ts']],
  'compose-alone-sees-adapters': [
    ['src/main.ts', 'src/storage/sqlite/b.ts'],
    ['src/cli/adapter.ts', 'src/storage/mongo/b.ts'],
  ],
  'config-imports-shared': [['src/config/a.ts', 'src/http/app.ts']],
  'cli-imports-device-and-compose': [
    ['src/cli/a.ts', 'src/authority/cases/index.ts'],
    ['src/cli/b.ts', 'src/http/app.ts'],
  ],
  'demo-ico-imports-the-sdk': [
    ['src/demo-ico/a.ts', 'src/shared/b.ts'],
    ['src/demo-ico/c.ts', 'src/authority/credentials/index.ts'],
  ],
  'demo-ico-needs-only-express': [['src/demo-ico/b.ts', 'jose']],
  'web-imports-device-and-shared': [
    ['web/wallet/a.ts', 'src/authority/cases/index.ts'],
    ['web/review/b.ts', '@vouchsafe/verify'],
    ['web/present/c.ts', 'sdk/src/index.ts'],
  ],
  'web-sites-import-the-sdk-too': [['web/demo-ico/a.ts', 'src/http/app.ts']],
  'sdk-imports-nothing-of-ours': [['sdk/src/a.ts', 'src/shared/b.ts']],
  'sdk-depends-on-jose-alone': [['sdk/src/b.ts', 'ajv']],
  'no-circles': [['src/device/x.ts', 'src/device/y.ts']],
}

/** Closes the circle, which is reported once. */
const wayBack: Import = ['src/device/y.ts', 'src/device/x.ts']

/** Imports that the design wants. */
const allowed: readonly Import[] = [
  ['src/shared/a.ts', 'src/shared/b.ts'],
  ['src/device/a.ts', 'src/shared/b.ts'],
  ['src/authority/review/a.ts', 'src/authority/cases/index.ts'],
  ['src/authority/review/a.ts', 'src/authority/audit/index.ts'],
  ['src/authority/review/a.ts', 'src/authority/act.ts'],
  ['src/authority/review/a.ts', 'src/storage/collection.ts'],
  ['src/authority/review/a.ts', 'src/storage/blobs.ts'],
  ['src/authority/act.ts', 'src/authority/audit/index.ts'],
  ['src/http/routes/a.ts', 'src/authority/cases/index.ts'],
  ['src/http/routes/a.ts', 'src/shared/b.ts'],
  ['src/storage/sqlite/a.ts', 'src/storage/collection.ts'],
  ['src/compose.ts', 'src/storage/sqlite/a.ts'],
  ['src/compose.ts', 'src/http/routes/a.ts'],
  ['src/main.ts', 'src/compose.ts'],
  ['src/cli/a.ts', 'src/compose.ts'],
  ['src/cli/a.ts', 'src/device/a.ts'],
  ['src/cli/a.ts', 'src/demo-ico/a.ts'],
  ['src/demo-ico/a.ts', '@vouchsafe/verify'],
  ['src/demo-ico/a.ts', 'express'],
  ['web/wallet/a.ts', 'src/device/a.ts'],
  ['web/inspect/a.ts', '@vouchsafe/verify'],
  ['sdk/src/a.ts', 'jose'],
]

test('finds no fault with the imports that the design wants', async () => {
  expect(await violationsOf(allowed)).toEqual([])
})

test('breaks each rule by each of the imports that it forbids', async () => {
  const found = (await violationsOf([...Object.values(forbidden).flat(), wayBack])).map(({ rule, from }) => `${rule}: ${from}`)
  const planted = Object.entries(forbidden).flatMap(([rule, imports]) => imports.map(([from]) => `${rule}: ${from}`))
  expect(planted.filter((violation) => !found.includes(violation))).toEqual([])
})

test('plants an import against every rule', async () => {
  expect(Object.keys(forbidden).sort()).toEqual([...(await ruleNames())].sort())
})
