import { parseDraft } from './draft.ts';
import type { Draft } from './draft.ts';

const STORAGE_KEY = 'batchdesk.draft';
/** Characters of a text that is kept: a browser keeps some five million for a site. */
const MAX_CHARACTERS = 2_000_000;
const TEXTS = ['prompts', 'jsonl', 'system', 'template'] as const;

/** The draft that was kept; a new one where there is none, or storage is switched off. */
export function loadDraft(): Draft {
  try {
    return parseDraft(localStorage.getItem(STORAGE_KEY));
  } catch {
    return parseDraft(null);
  }
}

/** Keeps a draft; texts beyond 2,000,000 characters are left out. Where storage is full or switched off it is not kept. */
export function keepDraft(draft: Draft): void {
  const long = TEXTS.filter((name) => draft[name].length > MAX_CHARACTERS);
  const kept = { ...draft, ...Object.fromEntries(long.map((name) => [name, ''])) };
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(kept));
  } catch {
    forgetDraft();
  }
}

/** Forgets the draft. */
export function forgetDraft(): void {
  try {
    localStorage.removeItem(STORAGE_KEY);
  } catch {
    // Switched off: there is nothing to forget.
  }
}
