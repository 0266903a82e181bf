import type { Config } from '../shared/contract/types.ts'

/** A setting: the member of `Config` that it becomes, if it is no secret, and what it must be, in words. */
export interface Setting {
  readonly member?: keyof Config
  readonly mustBe: string
  readonly isNumber?: boolean
  /** Whether `NAME_FILE` may name a file that holds the value. */
  readonly hasFileTwin?: boolean
}

const port = { isNumber: true, mustBe: 'a whole number from 0 to 65535' }

/** Every environment variable that is read. */
export const settings = {
  VOUCHSAFE_ENVIRONMENT: { member: 'environment', mustBe: 'test or production' },
  VOUCHSAFE_ISSUER: { member: 'issuer', mustBe: 'an origin with a host name, such as https://authority.example, without a slash at its end' },
  VOUCHSAFE_PORT: { member: 'port', ...port },
  VOUCHSAFE_ADMIN_PORT: { member: 'adminPort', ...port },
  VOUCHSAFE_ICO_PORT: { member: 'icoPort', ...port },
  VOUCHSAFE_DATA: { member: 'dataFolder', mustBe: 'a folder' },
  VOUCHSAFE_KEYS: { member: 'keysFolder', mustBe: 'a folder' },
  VOUCHSAFE_STORE: { member: 'storeKind', mustBe: 'sqlite:FILE or mongodb://…', hasFileTwin: true },
  VOUCHSAFE_ROSTER_DELAY_SECONDS: { member: 'rosterDelaySeconds', isNumber: true, mustBe: 'a whole number from 0 to 2592000' },
  VOUCHSAFE_LOG_LEVEL: { member: 'logLevel', mustBe: 'fatal, error, warn, info, debug, trace or silent' },
  VOUCHSAFE_KEY_SECRET: { mustBe: '32 bytes as base64url', hasFileTwin: true },
} as const satisfies Record<string, Setting>

/** The name of an environment variable that is read. */
export type SettingName = keyof typeof settings

/** The names, with what is known about each. */
export const settingEntries = Object.entries(settings) as readonly (readonly [SettingName, Setting])[]
