import { createContext, createEffect, createMemo, createSignal, useContext } from 'solid-js';
import type { ParentProps } from 'solid-js';
import type { Failure } from '../api/failure.ts';
import { formatMoney } from '../format/money.ts';
import { describeFailure } from './describe-failure.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { readLanguage, storeLanguage } from './language.ts';
import type { Language } from './language.ts';

const DICTIONARIES = { en, fr };
const ESTIMATE_DIGITS = 2;

function createI18n() {
  const [language, setLanguage] = createSignal(readLanguage());
  const numbers = createMemo(() => new Intl.NumberFormat(language()));
  const shares = createMemo(
    () => new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 2 }),
  );
  const days = createMemo(
    () => new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' }),
  );
  const months = createMemo(
    () => new Intl.DateTimeFormat(language(), { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  );
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
    /** US dollars. */
    money: (dollars: number) => formatMoney(dollars, language()),
    estimatedMoney: (dollars: number) => formatMoney(dollars, language(), ESTIMATE_DIGITS),
    /** A share of 1, in percent. */
    share: (value: number) => shares().format(value),
    /** A day (`2026-11-23`) and a month (`2026-11`) of UTC. */
    day: (day: string) => days().format(new Date(day)),
    month: (month: string) => months().format(new Date(month)),
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
