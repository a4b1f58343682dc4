import { For, Show } from 'solid-js';
import { SearchInput } from '../../../components/search-input.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import type { Filters } from './create-filters.ts';
import { SEARCHED, toggle } from './request-filters.ts';

/** Searches requests by their id and text, and says in which of these. */
export function SearchField(props: { filters: Filters }) {
  const i18n = useI18n();
  const filters = () => props.filters.get();
  return (
    <div class="request-search">
      <Show when={filters().q !== ''}>
        <div class="chips" role="group" aria-label={i18n.t('requests.searchIn')}>
          <For each={SEARCHED}>
            {(part) => (
              <button
                type="button"
                class="chip"
                aria-pressed={filters().parts.includes(part)}
                onClick={() => {
                  const parts = toggle(filters().parts, part);
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
      <SearchInput
        label={i18n.t('requests.search')}
        hint={i18n.t('requests.searchHint')}
        value={filters().q}
        onSearch={(q, { replace }) => props.filters.set({ q }, replace)}
      />
    </div>
  );
}
