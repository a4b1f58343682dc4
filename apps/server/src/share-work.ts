/** Work that is under way, by what it is about; for each owner its own. */
const running = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Does a piece of work once, however many ask for it while it is under way: all get what comes of it. */
export function shareWork<T>(owner: object, key: string, work: () => Promise<T>): Promise<T> {
  const known = running.get(owner) ?? new Map<string, Promise<unknown>>();
  running.set(owner, known);
  const started = known.get(key) ?? work().finally(() => known.delete(key));
  known.set(key, started);
  return started as Promise<T>;
}

/** Work that was asked for last, by what it is about; for each owner its own. */
const last = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Does pieces of work about the same thing one after the other. */
export function inTurn<T>(owner: object, key: string, work: () => Promise<T>): Promise<T> {
  const known = last.get(owner) ?? new Map<string, Promise<unknown>>();
  last.set(owner, known);
  const before = known.get(key) ?? Promise.resolve();
  const begun = before.then(work, work);
  known.set(key, begun);
  const forget = () => known.get(key) === begun && known.delete(key);
  begun.then(forget, forget);
  return begun;
}
