import { existsSync } from 'node:fs'
import js from '@eslint/js'
import tseslint from 'typescript-eslint'

const projects = ['test/tsconfig.json', 'web/tsconfig.json', 'sdk/tsconfig.json'].filter((path) => existsSync(new URL(path, import.meta.url)))

export default tseslint.config(
  { ignores: ['**/dist/', 'node_modules/', '.cache/', '.vouchsafe/', 'coverage/', 'src/shared/contract/', 'examples/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: projects, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-extraneous-class': ['error', { allowConstructorOnly: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // express requests are the server's own objects behind an interface
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // the compiler allows no enums
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/no-mixed-enums': 'off',
      eqeqeq: 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  {
    // the compiler sees all of src with the DOM's types, for src/device; the server has no page
    files: ['src/**/*.ts'],
    ignores: ['src/device/**'],
    rules: { 'no-restricted-globals': ['error', 'window', 'document', 'navigator', 'localStorage', 'sessionStorage', 'indexedDB', 'location'] },
  },
  {
    files: ['test/**/*.ts', 'test/**/*.tsx'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
      'no-restricted-exports': 'off',
    },
  },
  { files: ['*.config.ts', 'web/*.config.ts'], rules: { 'no-restricted-exports': 'off' } },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'URL', 'module', 'require', 'setTimeout', 'clearTimeout', 'fetch', 'Buffer'].map((name) => [name, 'readonly']),
      ),
    },
  },
)
