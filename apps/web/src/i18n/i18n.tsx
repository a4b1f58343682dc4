import { createContext, createEffect, createMemo, createSignal, useContext } from 'solid-js';
import type { ParentProps } from 'solid-js';
import type { Failure } from '../api/failure.ts';
import { describeFailure } from './describe-failure.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { readLanguage, storeLanguage } from './language.ts';
import type { Language } from './language.ts';

const DICTIONARIES = { en, fr };

function createI18n() {
  const [language, setLanguage] = createSignal(readLanguage());
  const numbers = createMemo(() => new Intl.NumberFormat(language()));
  const times = createMemo(() => new Intl.DateTimeFormat(language(), { timeStyle: 'medium' }));
  const dates = createMemo(
    () => new Intl.DateTimeFormat(language(), { dateStyle: 'full', timeStyle: 'medium' }),
  );
  createEffect(() => {
    document.documentElement.lang = language();
  });
  const t = () => DICTIONARIES[language()];
  return {
    language,
    choose(next: Language) {
      setLanguage(next);
      storeLanguage(next);
    },
    /** The dictionary of the language. */
    t,
    number: (value: number) => numbers().format(value),
    /** Both take milliseconds since 1970. */
    time: (ms: number) => times().format(ms),
    date: (ms: number) => dates().format(ms),
    failure: (failure: Failure) => describeFailure(failure, language(), t()),
  };
}

const I18nContext = createContext<ReturnType<typeof createI18n>>();

/** Gives what is in it a language. */
export function I18nProvider(props: ParentProps) {
  return <I18nContext.Provider value={createI18n()}>{props.children}</I18nContext.Provider>;
}

/** The language of the page, and what is written in it. */
export function useI18n() {
  const i18n = useContext(I18nContext);
  if (!i18n) throw new Error('useI18n is for components inside I18nProvider.');
  return i18n;
}
