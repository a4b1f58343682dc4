import { For } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';
import { LANGUAGES } from '../i18n/language.ts';

const NAMES = { en: { long: 'English', short: 'EN' }, fr: { long: 'Français', short: 'FR' } };

/** The top of the page: its name, its views, the API documentation, and the language. */
export function SiteHeader(props: { isSettings: boolean }) {
  const i18n = useI18n();
  return (
    <header class="site-header">
      <a class="brand" href="/">
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
          <rect width="24" height="24" rx="5" />
          <path d="M6 7.5h12M6 12h12M6 16.5h7" />
        </svg>
        <h1>Batchdesk</h1>
      </a>
      <nav>
        <a href="#batches" aria-current={props.isSettings ? undefined : 'page'}>
          {i18n.t().batches}
        </a>
        <a href="#settings" aria-current={props.isSettings ? 'page' : undefined}>
          {i18n.t().settings}
        </a>
        <a href="/docs">{i18n.t().apiDocs}</a>
      </nav>
      <div class="language-switch" role="group" aria-label={i18n.t().language}>
        <For each={LANGUAGES}>
          {(language) => (
            <button
              type="button"
              lang={language}
              aria-pressed={i18n.language() === language}
              onClick={() => i18n.choose(language)}
            >
              <span class="narrow-only">{NAMES[language].short}</span>{' '}
              <span class="wide-only">{NAMES[language].long}</span>
            </button>
          )}
        </For>
      </div>
    </header>
  );
}
