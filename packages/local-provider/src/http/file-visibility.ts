/** Files that a `not_visible` fault hides. Only in memory: at the next start all of them are visible. */
export interface FileVisibility {
  /** Hides a file for a time, for a number of look-ups, or (with neither) for one look-up. */
  hide(id: string, until: { delayMs?: number | undefined; calls?: number | undefined }): void;
  /** Whether a listing shows the file. */
  isVisible(id: string): boolean;
  /** The same for a look-up, which is counted. */
  lookUp(id: string): boolean;
}

interface Hidden {
  untilMs: number;
  calls: number;
}

/** Nothing is hidden at first. */
export function createFileVisibility(): FileVisibility {
  const hidden = new Map<string, Hidden>();
  function find(id: string): Hidden | undefined {
    const entry = hidden.get(id);
    if (entry && entry.calls <= 0 && Date.now() >= entry.untilMs) hidden.delete(id);
    return hidden.get(id);
  }
  return {
    hide(id, { delayMs, calls }) {
      hidden.set(id, {
        untilMs: Date.now() + (delayMs ?? 0),
        calls: calls ?? (delayMs === undefined ? 1 : 0),
      });
    },
    isVisible: (id) => find(id) === undefined,
    lookUp(id) {
      const entry = find(id);
      if (entry) entry.calls--;
      return entry === undefined;
    },
  };
}
