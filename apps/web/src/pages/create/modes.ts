import { DRAFT_MODES } from '../../create/draft.ts';
import type { DraftMode } from '../../create/draft.ts';
import type { FileSlot } from '../../create/keep-file.ts';

/** The mode that an address names: `?mode=csv`. `null`: none that there is. */
export function readMode(search: string): DraftMode | null {
  const named = new URLSearchParams(search).get('mode');
  return DRAFT_MODES.find((mode) => mode === named) ?? null;
}

/** Where a file goes that was dropped on the page: CSV by its name or type, whatever else is taken for JSONL. */
export function slotOf({ name, type }: Pick<File, 'name' | 'type'>): FileSlot {
  return type === 'text/csv' || /\.(csv|tsv)$/i.test(name) ? 'csv' : 'file';
}
