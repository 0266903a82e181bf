import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { schemas } from './contract/schemas.ts'
import type { SchemaName, SchemaTypes } from './contract/types.ts'
import { AuthorityError, type FieldFault } from './errors.ts'

/** Answers whether values have the form of named schemas. */
export interface Validator {
  /** The faults of a value: the first that was found, or all with `isExhaustive`. None means that it has the form. */
  validate(schemaName: string, value: unknown): readonly FieldFault[]
}

/**
 * Makes a validator over a set of schemas (JSON Schema 2020-12, strict). A schema is compiled when it is first used.
 * It compiles with `new Function`, so it is for Node, not for pages under a strict content security policy.
 * @param options `isExhaustive` looks for every fault: for our own settings, not for what strangers send, who could make it slow.
 * @throws {Error} from `validate`, if the schema is unknown or not strict: a bug, not a bad request.
 */
export function createValidator(byName: Readonly<Record<string, Readonly<Record<string, unknown>>>>, { isExhaustive = false } = {}): Validator {
  const ajv = new Ajv2020({ allErrors: isExhaustive, strict: true, strictRequired: false, allowUnionTypes: true, schemas: Object.values(byName) })
  ajvFormats.default(ajv)
  return { validate: (schemaName, value) => faultsOf(compiled(ajv, byName, schemaName), value) }
}

let contract: Validator | undefined

/** The faults of a value against a schema of the contract; none means that it has the form. */
export function validate(schemaName: SchemaName, value: unknown): readonly FieldFault[] {
  contract ??= createValidator(schemas)
  return contract.validate(schemaName, value)
}

/**
 * Asserts that a value has the form of a schema of the contract.
 * @throws {AuthorityError} `invalid-request` with the faults: where they are and what is wrong there, never the value.
 */
export function assertValid<N extends SchemaName>(schemaName: N, value: unknown): asserts value is SchemaTypes[N] {
  const faults = validate(schemaName, value)
  if (faults.length > 0) throw new AuthorityError('invalid-request', 'The value does not have the form that its schema describes.', faults)
}

function compiled(ajv: Ajv2020, byName: Readonly<Record<string, Readonly<Record<string, unknown>>>>, schemaName: string): ValidateFunction {
  const id = byName[schemaName]?.['$id']
  const found = typeof id === 'string' ? ajv.getSchema(id) : undefined
  if (found === undefined) throw new Error(`There is no schema ${schemaName}.`)
  return found
}

function faultsOf(validateValue: ValidateFunction, value: unknown): readonly FieldFault[] {
  return validateValue(value) ? [] : (validateValue.errors ?? []).map(faultOf)
}

/** Pointers and messages are built from the schema; the name of an unknown member is the sender's text and is not repeated. */
function faultOf(error: ErrorObject): FieldFault {
  const missing: unknown = error.params['missingProperty']
  const member = typeof missing === 'string' ? `/${missing.replaceAll('~', '~0').replaceAll('/', '~1')}` : ''
  return { pointer: error.instancePath + member, message: member === '' ? (error.message ?? 'is not as described') : 'is required' }
}
