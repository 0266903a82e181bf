import type { IndexValue, PagePlan } from '../page-plan.ts'

type Condition = Readonly<Record<string, unknown>>

/** Index order: the fields, then the id. */
export type FieldOrder = Record<string, 1>

/** The order of an index with these fields; also the keys of the index itself. */
export function fieldOrder(fields: readonly string[]): FieldOrder {
  return Object.fromEntries([...fields, '_id'].map((field) => [field, 1]))
}

/** The filter of a page. In MongoDB's comparisons null stands for a missing field too, and sorts first. */
export function pageFilter({ presentField, equal, orderFields, after }: PagePlan): Condition {
  const present: Condition = { [presentField]: { $ne: null } }
  const equals: Condition[] = equal.map(([field, value]) => ({ [field]: { $eq: value } }))
  const behind = after === undefined ? [] : [behindPlace([...orderFields, '_id'], [...after.values, after.id])]
  return { $and: [present, ...equals, ...behind] }
}

/** Behind (a, b, id) is: a greater; or a equal and b greater; or both equal and the id greater. */
function behindPlace(fields: readonly string[], values: readonly IndexValue[]): Condition {
  const alternatives = fields.map((field, at) => {
    const equalSoFar = fields.slice(0, at).map((earlier, position) => ({ [earlier]: { $eq: values[position] ?? null } }))
    return { $and: [...equalSoFar, { [field]: greater(values[at] ?? null) }] }
  })
  return { $or: alternatives }
}

function greater(value: IndexValue): Condition {
  return value === null ? { $ne: null } : { $gt: value }
}
