import { REQUEST_OUTCOMES } from '@batchdesk/shared';
import type { RequestOutcome } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import { outcomeTone } from '../../../components/outcome-label.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import type { Filters } from './create-filters.ts';
import { toggle } from './request-filters.ts';
import { SearchField } from './search-field.tsx';

interface RequestToolbarProps {
  filters: Filters;
  byOutcome: Partial<Record<RequestOutcome, number>>;
  byCode: Record<string, number>;
}

/** Narrows the requests: by outcome, by error code, to those in which a text is found. */
export function RequestToolbar(props: RequestToolbarProps) {
  const i18n = useI18n();
  const filters = () => props.filters.get();
  const outcomes = () =>
    REQUEST_OUTCOMES.filter(
      (outcome) => (props.byOutcome[outcome] ?? 0) > 0 || filters().outcomes.includes(outcome),
    );
  const all = () => Object.values(props.byOutcome).reduce((sum, count) => sum + count, 0);
  const codes = () => byCount(props.byCode, filters().codes);
  const chosenCode = () => (filters().codes.length > 1 ? SEVERAL : (filters().codes[0] ?? ''));
  return (
    <div class="request-toolbar">
      <div class="chips" role="group" aria-label={i18n.t('requests.byOutcome')}>
        <button
          type="button"
          class="chip"
          aria-pressed={filters().outcomes.length === 0}
          onClick={() => props.filters.set({ outcomes: [] })}
        >
          {i18n.t('requests.all')} <span class="chip-count">{i18n.format().number(all())}</span>
        </button>
        <For each={outcomes()}>
          {(outcome) => (
            <button
              type="button"
              class="chip"
              aria-pressed={filters().outcomes.includes(outcome)}
              onClick={() => props.filters.set({ outcomes: toggle(filters().outcomes, outcome) })}
            >
              <span class={`outcome tone-${outcomeTone(outcome)}`} aria-hidden="true" />
              {i18n.t(`common.outcomes.${outcome}`)}{' '}
              <span class="chip-count">{i18n.format().number(props.byOutcome[outcome] ?? 0)}</span>
            </button>
          )}
        </For>
      </div>
      <Show when={codes().length > 0 && filters().q === ''}>
        <select
          class="code-select"
          aria-label={i18n.t('requests.byCode')}
          value={chosenCode()}
          onChange={(event) => {
            const code = event.currentTarget.value;
            props.filters.set({ codes: code === '' ? [] : [code] });
          }}
        >
          <option value="">{i18n.t('requests.allCodes')}</option>
          <Show when={filters().codes.length > 1}>
            <option value={SEVERAL} selected>
              {i18n.t('requests.severalCodes', filters().codes.length)}
            </option>
          </Show>
          <For each={codes()}>
            {(code) => (
              <option value={code} selected={chosenCode() === code}>
                {`${code} (${i18n.format().number(props.byCode[code] ?? 0)})`}
              </option>
            )}
          </For>
        </select>
      </Show>
      <SearchField filters={props.filters} />
    </div>
  );
}

/** The codes that there are and those that are chosen; most requests first. */
function byCount(counts: Record<string, number>, chosen: readonly string[]): string[] {
  const codes = new Set([...Object.keys(counts), ...chosen]);
  return [...codes].toSorted((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0));
}

/** No code has a line break in it. */
const SEVERAL = '\n';
