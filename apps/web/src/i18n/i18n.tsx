import { flatten, translator } from '@solid-primitives/i18n';
import { createContext, createEffect, createMemo, createSignal, on, useContext } from 'solid-js';
import type { Failure } from '../api/failure.ts';
import { createFormats } from '../format/formats.ts';
import type { Preferences } from '../state/preferences.ts';
import { describeFailure } from './describe-failure.ts';
import { loadDictionary } from './dictionary.ts';
import type { Dictionary } from './dictionary.ts';

/** The language of the page, and what is written in it. */
export type I18n = ReturnType<typeof createI18n>;

/** Follows the language and the time zone that people choose, from the dictionary that is there at the start. */
export function createI18n(preferences: Preferences, first: Dictionary) {
  const [loaded, setLoaded] = createSignal({ language: preferences.language, dictionary: first });
  createEffect(
    on(
      () => preferences.language,
      async (language) => {
        const dictionary = await loadDictionary(language);
        if (preferences.language === language) setLoaded({ language, dictionary });
      },
      { defer: true },
    ),
  );
  createEffect(() => {
    document.documentElement.lang = loaded().language;
  });
  const texts = createMemo(() => flatten(loaded().dictionary.texts));
  // oxlint-disable-next-line solid/reactivity -- it reads them each time that it is called
  const t = translator(texts);
  const formats = createMemo(() => createFormats(loaded().language, preferences.timeZone));
  return {
    language: () => loaded().language,
    /** A sentence by its name: `t('batches.title')`, `t('batches.selected', 3)`. */
    t,
    /** Numbers, times and amounts as the language writes them. */
    format: formats,
    failure: (failure: Failure) => describeFailure(failure, loaded().dictionary),
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
