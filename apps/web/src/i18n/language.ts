/** The languages of the page, as browsers name them. */
export const LANGUAGES = ['en', 'fr'] as const;

/** A language of the page. */
export type Language = (typeof LANGUAGES)[number];

const STORAGE_KEY = 'batchdesk.language';

/** The language chosen before, else the first of the browser's that the page has, else English. */
export function readLanguage(): Language {
  const wishes = [readStored(), ...navigator.languages.map((tag) => tag.split('-')[0])];
  return wishes.find(isLanguage) ?? 'en';
}

/** Remembers a choice for the next visit, where the browser lets us. */
export function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Storage is switched off: the choice holds for this visit.
  }
}

function readStored(): string | undefined {
  try {
    return localStorage.getItem(STORAGE_KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

function isLanguage(value: string | undefined): value is Language {
  return (LANGUAGES as readonly (string | undefined)[]).includes(value);
}
