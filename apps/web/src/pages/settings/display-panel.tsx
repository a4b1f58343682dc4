import { For } from 'solid-js';
import { Field } from '../../components/field.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { LANGUAGES, isLanguage } from '../../i18n/language.ts';
import { useApp } from '../../state/app-state.tsx';
import { REFRESH_SECONDS, THEMES } from '../../state/preferences.ts';
import { NotificationsField } from './notifications-field.tsx';
import { TimeZoneField } from './time-zone-field.tsx';

/** Languages by their own names: who has come into a wrong one finds out of it. */
const LANGUAGE_NAMES = { en: 'English', fr: 'Français' };

/** How this browser shows the page; each choice holds at once. */
export function DisplayPanel() {
  const i18n = useI18n();
  const app = useApp();
  return (
    <>
      <p class="quiet settings-hint">{i18n.t('settings.displayHint')}</p>
      <div class="stack display-fields">
        <Field id="language" label={i18n.t('settings.language')}>
          <select
            id="language"
            onChange={({ currentTarget: { value } }) => isLanguage(value) && app.choose({ language: value })}
          >
            <For each={LANGUAGES}>
              {(language) => (
                <option value={language} lang={language} selected={app.preferences.language === language}>
                  {LANGUAGE_NAMES[language]}
                </option>
              )}
            </For>
          </select>
        </Field>
        <Field id="theme" label={i18n.t('settings.theme')}>
          <select
            id="theme"
            onChange={({ currentTarget: { value } }) =>
              app.choose({ theme: THEMES.find((known) => known === value) ?? 'system' })
            }
          >
            <For each={THEMES}>
              {(theme) => (
                <option value={theme} selected={app.preferences.theme === theme}>
                  {i18n.t(`settings.themes.${theme}`)}
                </option>
              )}
            </For>
          </select>
        </Field>
        <TimeZoneField />
        <Field id="refresh" label={i18n.t('settings.refresh')} hint={i18n.t('settings.refreshHint')}>
          <select
            id="refresh"
            aria-describedby="refresh-hint"
            onChange={({ currentTarget: { value } }) => app.choose({ refreshSeconds: Number(value) })}
          >
            <For each={REFRESH_SECONDS.toSorted((a, b) => a - b)}>
              {(seconds) => (
                <option value={seconds} selected={app.preferences.refreshSeconds === seconds}>
                  {i18n.t('settings.every', i18n.format().duration(seconds))}
                </option>
              )}
            </For>
          </select>
        </Field>
        <NotificationsField />
      </div>
    </>
  );
}
