/** One table of one database of this browser. Values are there after a crash once `set` has resolved. */
export interface BrowserStore {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<void>
  remove(key: string): Promise<void>
  keys(): Promise<readonly string[]>
}

const table = 'values'

/** Opens a table over IndexedDB; the database is made when it is first used. */
export function browserStore(name: string): BrowserStore {
  const within = async <T>(mode: IDBTransactionMode, ask: (values: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const database = await opened(name)
    try {
      return await answered(database.transaction(table, mode, { durability: 'strict' }), ask)
    } finally {
      database.close()
    }
  }
  return {
    get: (key) => within<unknown>('readonly', (values) => values.get(key)),
    set: async (key, value) => {
      await within('readwrite', (values) => values.put(value, key))
    },
    remove: async (key) => {
      await within('readwrite', (values) => values.delete(key))
    },
    keys: async () => (await within('readonly', (values) => values.getAllKeys())).filter((key) => typeof key === 'string'),
  }
}

function opened(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => void request.result.createObjectStore(table)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'))
  })
}

/** The answer to a request, once its transaction is complete. */
function answered<T>(transaction: IDBTransaction, ask: (values: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = ask(transaction.objectStore(table))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'))
  })
}
