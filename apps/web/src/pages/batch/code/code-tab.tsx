import type { Job } from '@batchdesk/shared';
import { useSearchParams } from '@solidjs/router';
import { For, createMemo } from 'solid-js';
import { CopyButton } from '../../../components/copy-button.tsx';
import { WithCode } from '../../../components/with-code.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import { LANGUAGES, SNIPPETS, snippetsOf } from './snippets-of.ts';
import type { CodeLanguage } from './snippets-of.ts';
import './code.css';

/** Names of their own, in every language of the page. */
const NAMES: Record<CodeLanguage, string> = { curl: 'cURL', python: 'Python', javascript: 'JavaScript' };

/** The same batch from a program, to copy. */
export function CodeTab(props: { job: Job }) {
  const i18n = useI18n();
  const [search, setSearch] = useSearchParams<{ language?: string }>();
  const language = () => LANGUAGES.find((known) => known === search.language) ?? LANGUAGES[0];
  const snippets = createMemo(() => snippetsOf(props.job, location.origin, language()));
  return (
    <div class="batch-code">
      <div class="row" role="group" aria-label={i18n.t('batch.language')}>
        <For each={LANGUAGES}>
          {(each) => (
            <button
              type="button"
              class="batch-language"
              aria-pressed={each === language()}
              onClick={() =>
                setSearch(
                  { language: each === LANGUAGES[0] ? undefined : each },
                  { scroll: false, replace: true },
                )
              }
            >
              {NAMES[each]}
            </button>
          )}
        </For>
      </div>
      <p class="quiet">
        {i18n.t('batch.codeIntro')} <WithCode text={i18n.t('batch.codeToken')} />
      </p>
      <For each={SNIPPETS}>
        {(name) => (
          <section>
            <div class="batch-code-head">
              <h3>{i18n.t(`batch.snippets.${name}`)}</h3>
              <CopyButton
                text={snippets()[name]}
                what={`${NAMES[language()]}: ${i18n.t(`batch.snippets.${name}`)}`}
              />
            </div>
            <pre tabIndex={0} aria-label={i18n.t(`batch.snippets.${name}`)} role="region">
              {snippets()[name]}
            </pre>
          </section>
        )}
      </For>
    </div>
  );
}
