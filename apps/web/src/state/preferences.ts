import { createEffect } from 'solid-js';
import { createStore } from 'solid-js/store';
import { isLanguage, preferredLanguage } from '../i18n/language.ts';
import type { Language } from '../i18n/language.ts';

/** The themes; `system` follows the system. */
export const THEMES = ['system', 'light', 'dark'] as const;

/** A theme. */
export type Theme = (typeof THEMES)[number];

/** Seconds between two refreshes that people can choose. The first is the user guide's. */
export const REFRESH_SECONDS = [30, 10, 60, 300] as const;

/** What people choose for this browser. */
export interface Preferences {
  language: Language;
  theme: Theme;
  /** A name of the IANA list, or `local`: that of the browser. */
  timeZone: string;
  refreshSeconds: number;
  /** Whether the browser tells when a batch ends. */
  notifies: boolean;
}

/** `theme.js` reads it too, before the first paint. */
const STORAGE_KEY = 'batchdesk.preferences';

/** Keeps what people choose, over visits where the browser lets us. */
export function createPreferences() {
  const [preferences, set] = createStore<Preferences>(readPreferences());
  createEffect(() => {
    const { theme } = preferences;
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  });
  createEffect(() => {
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(preferences));
    } catch {
      // Storage is switched off: the choice holds for this visit.
    }
  });
  return {
    preferences,
    choose: (next: Partial<Preferences>) => set(next),
  };
}

function readPreferences(): Preferences {
  const stored = readStored();
  const { language, theme, timeZone, refreshSeconds, notifies } = stored;
  return {
    language: isLanguage(language) ? language : preferredLanguage(),
    theme: THEMES.find((known) => known === theme) ?? 'system',
    timeZone: isTimeZone(timeZone) ? timeZone : 'local',
    refreshSeconds: REFRESH_SECONDS.find((known) => known === refreshSeconds) ?? REFRESH_SECONDS[0],
    notifies: notifies === true,
  };
}

function readStored(): Partial<Record<keyof Preferences, unknown>> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    return typeof stored === 'object' && stored !== null ? stored : {};
  } catch {
    return {};
  }
}

function isTimeZone(name: unknown): name is string {
  if (typeof name !== 'string') return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
