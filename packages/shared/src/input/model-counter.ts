/** Models beyond this many are not listed: an input with more than one is refused anyway. */
const MODELS_LISTED = 100;

/** Counts how many requests name which model. */
export interface ModelCounter {
  /** Counts a request. Returns whether its model is that of the first one. */
  add(model: string): boolean;
  /** Most requests first. */
  list(): { model: string; request_count: number }[];
}

/** Counts from nothing. */
export function createModelCounter(): ModelCounter {
  const counts = new Map<string, number>();
  let first: string | null = null;
  return {
    add(model) {
      first ??= model;
      const count = counts.get(model);
      if (count !== undefined || counts.size < MODELS_LISTED) counts.set(model, (count ?? 0) + 1);
      return model === first;
    },
    list: () =>
      [...counts]
        .map(([model, request_count]) => ({ model, request_count }))
        .toSorted((a, b) => b.request_count - a.request_count),
  };
}
