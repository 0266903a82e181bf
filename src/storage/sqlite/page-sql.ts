import type { IndexValue, PagePlan } from '../page-plan.ts'

/** Stands for a missing field: sorts before every safe integer and every text, and unlike NULL can be compared. */
const missing = '-9223372036854775808'

/** A query's text, the same for each page of a list, and the values to bind. */
export interface SqlQuery {
  readonly text: string
  readonly values: readonly (string | number)[]
}

/** The statement that makes an index. Its name holds its fields, so that a changed definition makes a new index. */
export function createIndexSql(collection: string, index: string, fields: readonly string[]): string {
  const columns = [...fields.map(fieldSql), 'id'].join(', ')
  return `CREATE INDEX IF NOT EXISTS ${quoted(`${collection} ${index} (${fields.join(', ')})`)} ON ${quoted(collection)} (${columns}) WHERE ${presentSql(fields[0] ?? 'id')}`
}

/** The statement for a page: one document more than the limit, in index order. Its expressions are the index's own, so that the index serves it. */
export function pageSql(collection: string, plan: PagePlan): SqlQuery {
  const after = afterSql(plan)
  const conditions = [presentSql(plan.presentField), ...plan.equal.map(([field]) => `${fieldSql(field)} = ?`), ...after.conditions]
  const order = [...plan.orderFields.map(fieldSql), 'id'].join(', ')
  return {
    text: `SELECT body FROM ${quoted(collection)} WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ?`,
    values: [...plan.equal.map(([, value]) => value), ...after.values, plan.limit + 1],
  }
}

/** A name as an SQL identifier. Names come from the code's own definitions; a wrong one is a bug. */
export function quoted(name: string): string {
  if (name.includes('"')) throw new Error('A collection name has no quotation marks.')
  return `"${name}"`
}

/** A row-value comparison; the first column is compared a second time alone, because SQLite seeks only by that. */
function afterSql({ orderFields, after }: PagePlan): { readonly conditions: readonly string[]; readonly values: readonly (string | number)[] } {
  if (after === undefined) return { conditions: [], values: [] }
  const columns = [...orderFields.map(fieldSql), 'id']
  const values = [...after.values.map(boundValue), after.id]
  return {
    conditions: [`${columns[0] ?? 'id'} >= ?`, `(${columns.join(', ')}) > (${columns.map(() => '?').join(', ')})`],
    values: [values[0] ?? after.id, ...values],
  }
}

function fieldSql(field: string): string {
  return `ifnull(${pathSql(field)}, ${missing})`
}

function presentSql(field: string): string {
  return `${pathSql(field)} IS NOT NULL`
}

function pathSql(field: string): string {
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(field)) throw new Error(`${field} cannot be the field of an index.`)
  return `body ->> '$.${field}'`
}

function boundValue(value: IndexValue): string | number {
  return value ?? Number(missing)
}
