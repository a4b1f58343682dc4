/** The languages of the page, as browsers name them. */
export const LANGUAGES = ['en', 'fr'] as const;

/** A language of the page. */
export type Language = (typeof LANGUAGES)[number];

/** The first of the browser's languages that the page has, else English. */
export function preferredLanguage(): Language {
  return navigator.languages.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

/** The browser's own kind of a language, `en-GB` for `en`: it says how dates and numbers are written. */
export function localeOf(language: Language): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
}

/** Whether the page has a language. */
export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}
