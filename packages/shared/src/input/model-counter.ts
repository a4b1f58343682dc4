/** So many are listed even of an input that may have only one. */
const MODELS_LISTED = 100;
/** Characters of all names together; a name may be as long as a request. */
const NAME_CHARACTERS = 1_000_000;

/** Counts how many requests name which model. */
export interface ModelCounter {
  /** The model of the first request. */
  readonly first: string | null;
  /** Counts a request. Returns whether its model is one of those that are counted. */
  add(model: string): boolean;
  /** Most requests first. */
  list(): { model: string; request_count: number }[];
}

/** Counts from nothing; of more models than an input may have, no more than 100 are counted. */
export function createModelCounter(maxModels: number): ModelCounter {
  const counts = new Map<string, number>();
  const most = Math.max(maxModels, MODELS_LISTED);
  let first: string | null = null;
  let characters = 0;

  function isRoomFor(model: string): boolean {
    characters += model.length;
    return counts.size < most && characters <= NAME_CHARACTERS;
  }

  return {
    get first() {
      return first;
    },
    add(model) {
      first ??= model;
      const count = counts.get(model);
      if (count === undefined && !isRoomFor(model)) return false;
      counts.set(model, (count ?? 0) + 1);
      return true;
    },
    list: () =>
      [...counts]
        .map(([model, request_count]) => ({ model, request_count }))
        .toSorted((a, b) => b.request_count - a.request_count),
  };
}
