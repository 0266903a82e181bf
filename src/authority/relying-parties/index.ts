export { trustBundle, type TrustBundleDeps } from './trust-bundle.ts'
