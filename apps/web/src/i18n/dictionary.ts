import type { ErrorCode } from '@batchdesk/shared';
import type { en } from './en/en.ts';
import type { Language } from './language.ts';

/** What every language has to say; a sentence that one lacks does not compile. Text between backticks is shown as code. */
export type Texts = typeof en;

/** A language: its sentences, and those of the error catalog. */
export interface Dictionary {
  texts: Texts;
  errors: Record<ErrorCode, string>;
}

/** Loads a language; only the one in use comes over the line. */
export async function loadDictionary(language: Language): Promise<Dictionary> {
  return language === 'fr'
    ? (await import('./fr/dictionary.ts')).dictionary
    : (await import('./en/dictionary.ts')).dictionary;
}
