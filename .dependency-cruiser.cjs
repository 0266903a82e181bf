// The import directions of DESIGN.md, section 3. test/unit/architecture shows each rule failing.

const features = 'audit keys accounts vault roster cases review uniqueness attestations status credentials relying-parties openid'.split(' ')
const sdk = '^(sdk/|@vouchsafe/verify|node_modules/@vouchsafe/verify)'
const ours = `^(src/|web/|sdk/|@vouchsafe/verify|node_modules/@vouchsafe/verify)`
const door = '^src/authority/[^/]+/index\\.ts$'
const ports = '^src/storage/(collection|blobs)\\.ts$'

/** Files under `from` may import, of what is ours, only what matches one of `allowed`. */
function only(name, from, allowed, comment) {
  return { name, severity: 'error', comment, from: { path: from }, to: { path: ours, pathNot: allowed } }
}

/** A feature may not import what stands to its right in the order of dependence. */
function leftward(feature, index) {
  const later = features.slice(index + 1).join('|')
  return {
    name: `authority-order-${feature}`,
    severity: 'error',
    comment: `${feature} stands to the left of what it imports`,
    from: { path: `^src/authority/${feature}/` },
    to: { path: `^src/authority/(${later})/` },
  }
}

module.exports = {
  forbidden: [
    only('shared-imports-nothing-of-ours', '^src/shared/', ['^src/shared/'], 'every side computes this alike'),
    only('device-imports-shared', '^src/device/', ['^src/device/', '^src/shared/'], 'what happens on devices needs no server'),
    only(
      'authority-imports-shared-and-ports',
      '^src/authority/',
      ['^src/authority/', '^src/shared/', ports],
      'the server cannot open a document: it never sees device code',
    ),
    {
      name: 'authority-by-the-door',
      severity: 'error',
      comment: 'a feature is entered by its index.ts',
      from: { path: '^src/authority/([^/]+)/' },
      to: { path: '^src/authority/[^/]+/', pathNot: ['^src/authority/$1/', door] },
    },
    {
      name: 'authority-root-by-the-door',
      severity: 'error',
      comment: 'act.ts and duty.ts enter features by their door too',
      from: { path: '^src/authority/[^/]+\\.ts$' },
      to: { path: '^src/authority/[^/]+/', pathNot: [door] },
    },
    ...features.slice(0, -1).map(leftward),
    only('http-calls-doors', '^src/http/', ['^src/http/', '^src/shared/', door], 'routes call features and never storage'),
    only('adapters-see-ports', '^src/storage/([^/]+)/', ['^src/storage/$1/', '^src/storage/[^/]+\\.ts$', '^src/shared/'], 'an adapter knows its port'),
    only('ports-see-shared', '^src/storage/[^/]+\\.ts$', ['^src/storage/[^/]+\\.ts$', '^src/shared/'], 'a port knows no adapter'),
    {
      name: 'compose-alone-sees-adapters',
      severity: 'error',
      comment: 'one place knows every adapter',
      from: { path: ours, pathNot: ['^src/compose\\.ts$', '^src/storage/'] },
      to: { path: '^src/storage/[^/]+/' },
    },
    only('config-imports-shared', '^src/config/', ['^src/config/', '^src/shared/'], 'configuration is read before anything else'),
    only(
      'cli-imports-device-and-compose',
      '^src/cli/',
      ['^src/(cli|device|shared|demo-ico)/', '^src/compose\\.ts$'],
      'the command line is people’s devices, and the server as a whole',
    ),
    only('demo-ico-imports-the-sdk', '^src/demo-ico/', ['^src/demo-ico/', sdk], 'the site is a stranger to us'),
    {
      name: 'demo-ico-needs-only-express',
      severity: 'error',
      comment: 'what a site developer needs is the SDK',
      from: { path: '^src/demo-ico/' },
      to: {
        path: '.',
        dependencyTypesNot: ['core', 'local', 'aliased', 'aliased-workspace'],
        pathNot: [sdk, '(^|/)node_modules/(@types/)?express', '^express$'],
      },
    },
    only('web-imports-device-and-shared', '^web/(?!inspect/|demo-ico/)', ['^web/', '^src/(device|shared)/'], 'pages are devices'),
    only('web-sites-import-the-sdk-too', '^web/(inspect|demo-ico)/', ['^web/', '^src/(device|shared)/', sdk], 'pages that verify do so with the SDK'),
    only('sdk-imports-nothing-of-ours', '^sdk/', ['^sdk/'], 'relying parties get it alone'),
    {
      name: 'sdk-depends-on-jose-alone',
      severity: 'error',
      comment: 'each further dependency is one more to trust',
      from: { path: '^sdk/src/' },
      to: { path: '.', dependencyTypesNot: ['core', 'local'], pathNot: ['(^|/)node_modules/jose/', '^jose$'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'files that need each other are one file',
      from: { path: '^(src|web|sdk)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['^dist/', '\\.json$'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
}
