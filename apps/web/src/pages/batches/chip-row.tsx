import X from 'lucide-solid/icons/x';
import { For, Show } from 'solid-js';
import { withoutFilters } from '../../api/job-filters.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Filters } from './create-filters.ts';
import { withoutChips } from './filter-chips.ts';
import type { Chip } from './filter-chips.ts';

/** The filters that are set, each with a button that removes it. */
export function ChipRow(props: { chips: readonly Chip[]; filters: Filters }) {
  const i18n = useI18n();
  // The text that is looked for stands in its field.
  const chips = () => props.chips.filter(({ name }) => name !== 'q');
  return (
    <Show when={chips().length > 0}>
      <div class="row chip-row">
        <ul class="row chips" aria-label={i18n.t('batches.filtersSet')}>
          <For each={chips()}>
            {(chip) => (
              <li class="chip">
                <span class="cut">{chip.label}</span>
                <button
                  type="button"
                  class="chip-remove"
                  aria-label={i18n.t('batches.removeFilter', chip.label)}
                  onClick={() => props.filters.change(withoutFilters(props.filters.filters(), [chip.name]))}
                >
                  <X aria-hidden="true" />
                </button>
              </li>
            )}
          </For>
        </ul>
        <button
          type="button"
          class="link-button"
          onClick={() => props.filters.change(withoutChips(props.filters.filters()))}
        >
          {i18n.t('batches.clearAll')}
        </button>
      </div>
    </Show>
  );
}
