import { racesContract } from './races.contract.ts'

describe('races, on SQLite', () => racesContract(() => undefined))
