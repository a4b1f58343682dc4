import { newDraft } from '../../create/draft.ts';
import type { Draft } from '../../create/draft.ts';

/** How many of the options differ from what holds when nobody touches them. */
export function countOptions(draft: Draft): number {
  const fresh = newDraft();
  const isMade = draft.mode === 'simple' || draft.mode === 'csv';
  const changed = [
    isMade && draft.maxTokens.trim() !== '',
    draft.mode === 'csv' && draft.customId !== fresh.customId,
    draft.budget.trim() !== '',
    draft.deadline !== '',
    draft.metadata.some(({ key, value }) => key.trim() !== '' || value.trim() !== ''),
    draft.attempts !== fresh.attempts ||
      draft.outcomes.length < fresh.outcomes.length ||
      draft.codes.trim() !== '',
  ];
  return changed.filter(Boolean).length;
}
