import type { ErrorCode } from '@batchdesk/shared';
import type { core } from './en/core.ts';
import type { pages } from './en/pages.ts';
import type { Language } from './language.ts';

/** What every page needs, and what comes with the first page that is not the overview. */
export type CoreTexts = typeof core;

/** What comes with the first page that is not the overview. */
export type PageTexts = typeof pages;

/** What every language has to say; a sentence that one lacks does not compile. Text between backticks is shown as code. */
export type Texts = CoreTexts & PageTexts;

/** A language as the page begins with it: its sentences, and those of the error catalog. */
export interface Dictionary {
  texts: CoreTexts;
  errors: Record<ErrorCode, string>;
}

/** Loads a language; only the one in use comes over the line. */
export async function loadDictionary(language: Language): Promise<Dictionary> {
  return language === 'fr'
    ? (await import('./fr/dictionary.ts')).dictionary
    : (await import('./en/dictionary.ts')).dictionary;
}

/** Loads the rest of a language. */
export async function loadPageTexts(language: Language): Promise<PageTexts> {
  return language === 'fr' ? (await import('./fr/pages.ts')).pages : (await import('./en/pages.ts')).pages;
}
