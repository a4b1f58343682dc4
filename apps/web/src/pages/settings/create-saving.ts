import { createSignal } from 'solid-js';
import { toFailure } from '../../api/failure.ts';
import type { Failure } from '../../api/failure.ts';

/** Whether what a form holds is being saved, and what went wrong the last time. */
export type Saving = ReturnType<typeof createSaving>;

/** Follows the saving of a form. */
export function createSaving() {
  const [isSaving, setIsSaving] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);

  /** Does `work`, unless the work before still goes on; answers what it gave, or `null` when it was not done. */
  async function save<T>(work: () => Promise<T>): Promise<{ done: T } | null> {
    if (isSaving()) return null;
    setIsSaving(true);
    try {
      const done = await work();
      setFailure(null);
      return { done };
    } catch (thrown) {
      setFailure(toFailure(thrown));
      return null;
    } finally {
      setIsSaving(false);
    }
  }

  return { isSaving, failure, setFailure, save };
}
