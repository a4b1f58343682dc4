import Search from 'lucide-solid/icons/search';
import { For, Show, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { useI18n } from '../../../i18n/i18n.tsx';
import type { Filters } from './create-filters.ts';
import { SEARCHED, toggle } from './request-filters.ts';

const TYPING_MS = 300;
/** As many as the server takes. */
const CHARACTERS = 200;

/** Searches requests by their id and text, a moment after the last letter. */
export function SearchField(props: { filters: Filters }) {
  const i18n = useI18n();
  const q = () => props.filters.get().q;
  const [text, setText] = createSignal(q());
  let timer: number | undefined;
  onCleanup(() => clearTimeout(timer));
  createEffect(
    on(
      q,
      (inAddress) => {
        if (inAddress !== text().trim()) setText(inAddress);
      },
      { defer: true },
    ),
  );

  function search(): void {
    clearTimeout(timer);
    if (text().trim() !== q()) props.filters.set({ q: text().trim() }, true);
  }

  return (
    <search class="request-search">
      <Show when={q() !== ''}>
        <div class="chips" role="group" aria-label={i18n.t('requests.searchIn')}>
          <For each={SEARCHED}>
            {(part) => (
              <button
                type="button"
                class="chip"
                aria-pressed={props.filters.get().parts.includes(part)}
                onClick={() => {
                  const parts = toggle(props.filters.get().parts, part);
                  // Nowhere is no place to look: the last one brings back all.
                  props.filters.set({ parts: parts.length === 0 ? [...SEARCHED] : parts });
                }}
              >
                {i18n.t(`requests.parts.${part}`)}
              </button>
            )}
          </For>
        </div>
      </Show>
      <div class="search-place">
        <Search aria-hidden="true" />
        <input
          type="search"
          aria-label={i18n.t('requests.search')}
          placeholder={i18n.t('requests.searchHint')}
          maxLength={CHARACTERS}
          autocomplete="off"
          spellcheck={false}
          value={text()}
          onInput={(event) => {
            setText(event.currentTarget.value);
            clearTimeout(timer);
            timer = window.setTimeout(search, TYPING_MS);
          }}
          onKeyDown={(event) => event.key === 'Enter' && search()}
        />
      </div>
    </search>
  );
}
