import type { InputIssue } from '@batchdesk/shared';
import { flatten, translator } from '@solid-primitives/i18n';
import { createContext, createEffect, createMemo, createSignal, on, useContext } from 'solid-js';
import type { Failure } from '../api/failure.ts';
import { createFormats } from '../format/formats.ts';
import type { Preferences } from '../state/preferences.ts';
import { describeFailure } from './describe-failure.ts';
import { describeIssue } from './describe-issue.ts';
import { loadDictionary, loadPageTexts } from './dictionary.ts';
import type { Dictionary, PageTexts, Texts } from './dictionary.ts';
import { localeOf } from './language.ts';
import type { Language } from './language.ts';

/** The language of the page, and what is written in it. */
export type I18n = ReturnType<typeof createI18n>;

interface Loaded {
  language: Language;
  dictionary: Dictionary;
  /** Of the pages beside the overview; once one was shown they come with each language. */
  pageTexts: PageTexts | null;
}

/** Follows the language and the time zone that people choose, from the dictionary that is there at the start. */
export function createI18n(preferences: Preferences, first: Dictionary) {
  const [loaded, setLoaded] = createSignal<Loaded>({
    language: preferences.language,
    dictionary: first,
    pageTexts: null,
  });

  async function load(language: Language, hasPages: boolean): Promise<void> {
    const [dictionary, pageTexts] = await Promise.all([
      loadDictionary(language),
      hasPages ? loadPageTexts(language) : null,
    ]);
    if (preferences.language === language) setLoaded({ language, dictionary, pageTexts });
  }

  createEffect(
    on(
      () => preferences.language,
      (language) => load(language, loaded().pageTexts !== null),
      { defer: true },
    ),
  );
  createEffect(() => {
    document.documentElement.lang = loaded().language;
  });
  const texts = createMemo(() => {
    const { dictionary, pageTexts } = loaded();
    // Whoever shows what is in `pageTexts` has waited for `loadPages`.
    return flatten({ ...dictionary.texts, ...pageTexts } as Texts);
  });
  // oxlint-disable-next-line solid/reactivity -- it reads them each time that it is called
  const t = translator(texts);
  const formats = createMemo(() => createFormats(localeOf(loaded().language), preferences.timeZone));
  return {
    language: () => loaded().language,
    /** Makes the texts of all pages available; those of the overview are there from the start. */
    async loadPages(): Promise<void> {
      if (loaded().pageTexts === null) await load(preferences.language, true);
    },
    /** A sentence by its name: `t('batches.title')`, `t('batches.selected', 3)`. */
    t,
    /** Numbers, times and amounts as the language writes them. */
    format: formats,
    failure: (failure: Failure) => describeFailure(failure, loaded().dictionary, loaded().pageTexts),
    /** What is wrong with an input; in the server's words where the texts of the pages are not there. */
    issue: (issue: InputIssue) => describeIssue(issue, loaded().pageTexts?.issues),
  };
}

/** Gives what is in it a language. */
export const I18nContext = createContext<I18n>();

/** The language of the page, and what is written in it. */
export function useI18n(): I18n {
  const i18n = useContext(I18nContext);
  if (!i18n) throw new Error('useI18n is for components inside I18nContext.');
  return i18n;
}
