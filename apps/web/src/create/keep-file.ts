/** The files of a draft, by its mode. */
export type FileSlot = 'csv' | 'file';

const DATABASE = 'batchdesk';
const STORE = 'draft-files';

/** The file that was kept, `null` where there is none, or storage is switched off. */
export async function loadFile(slot: FileSlot): Promise<File | null> {
  try {
    const found = await withStore('readonly', (store) => store.get(slot));
    return found instanceof File ? found : null;
  } catch {
    return null;
  }
}

/** Keeps a file over a reload, `null`: none. Where storage is full or switched off it is not kept. */
export async function keepFile(slot: FileSlot, file: File | null): Promise<void> {
  try {
    await withStore('readwrite', (store): IDBRequest => (file ? store.put(file, slot) : store.delete(slot)));
  } catch {
    // The form works without.
  }
}

async function withStore(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<unknown>,
): Promise<unknown> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(STORE));
  const database = await settle(opening);
  try {
    const transaction = database.transaction(STORE, mode);
    const request = ask(transaction.objectStore(STORE));
    const ended = Promise.withResolvers<void>();
    transaction.addEventListener('complete', () => ended.resolve());
    transaction.addEventListener('abort', () => ended.reject(transaction.error));
    const [result] = await Promise.all([settle(request), ended.promise]);
    return result;
  } finally {
    database.close();
  }
}

function settle<T>(request: IDBRequest<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  request.addEventListener('success', () => resolve(request.result));
  request.addEventListener('error', () => reject(request.error));
  return promise;
}
