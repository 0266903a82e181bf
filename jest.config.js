const compilerOptions = {
  target: 'ES2023',
  lib: ['ES2023', 'DOM'],
  module: 'ESNext',
  moduleResolution: 'Bundler',
  strict: true,
  allowImportingTsExtensions: true,
  rewriteRelativeImportExtensions: false,
  noEmit: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  esModuleInterop: true,
  skipLibCheck: true,
  jsx: 'react-jsx',
  jsxImportSource: 'preact',
}

/** Runs TypeScript as ESM, so `NODE_OPTIONS=--experimental-vm-modules` must be set; types are checked by `npm run check` instead. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': ['ts-jest', { useESM: true, diagnostics: false, tsconfig: compilerOptions }] },
  moduleNameMapper: { '^@vouchsafe/verify$': '<rootDir>/sdk/src/index.ts' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/.vouchsafe/'],
  cacheDirectory: '<rootDir>/.cache/jest',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  reporters: ['default', '<rootDir>/test/support/end-reporter.js'],
  coverageProvider: 'v8',
  testTimeout: 30_000,
  maxWorkers: 2,
}
