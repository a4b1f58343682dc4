import { BATCH_ENDPOINTS } from '@batchdesk/shared';
import { For, untrack } from 'solid-js';
import { createStore } from 'solid-js/store';
import { useQuery } from '../../api/use-query.ts';
import type { JobFilters } from '../../api/job-filters.ts';
import { Field } from '../../components/field.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { fromFields, toFields } from './filter-fields.ts';

/** What the list can be narrowed to, besides its state and a text. */
export function FilterForm(props: { filters: JobFilters; onApply: (filters: JobFilters) => void }) {
  const i18n = useI18n();
  const app = useApp();
  const zone = () => app.preferences.timeZone;
  const [fields, setFields] = createStore(untrack(() => toFields(props.filters, zone())));
  const stats = useQuery(() => ({ ...app.queries.stats(), refetchInterval: false as const }));
  const models = () =>
    stats.isSuccess ? Object.keys(stats.data.by_model).filter((model) => model !== '') : [];
  return (
    <form
      class="filter-form"
      onSubmit={(event) => {
        event.preventDefault();
        props.onApply(fromFields(props.filters, fields, zone()));
      }}
    >
      <Field id="filter-endpoint" label={i18n.t('batches.endpoint')}>
        <select
          id="filter-endpoint"
          value={fields.endpoint}
          onChange={(event) => setFields('endpoint', event.currentTarget.value)}
        >
          <option value="">{i18n.t('batches.anyEndpoint')}</option>
          <For each={BATCH_ENDPOINTS}>{(endpoint) => <option value={endpoint}>{endpoint}</option>}</For>
        </select>
      </Field>
      <Field id="filter-model" label={i18n.t('batches.model')}>
        <input
          id="filter-model"
          list="filter-models"
          autocomplete="off"
          maxLength={200}
          value={fields.model}
          onInput={(event) => setFields('model', event.currentTarget.value)}
        />
        <datalist id="filter-models">
          <For each={models()}>{(model) => <option value={model} />}</For>
        </datalist>
      </Field>
      <div class="filter-days">
        <Field id="filter-from" label={i18n.t('batches.createdFrom')}>
          <input
            id="filter-from"
            type="date"
            value={fields.from}
            onInput={(event) => setFields('from', event.currentTarget.value)}
          />
        </Field>
        <Field id="filter-to" label={i18n.t('batches.createdTo')}>
          <input
            id="filter-to"
            type="date"
            value={fields.to}
            onInput={(event) => setFields('to', event.currentTarget.value)}
          />
        </Field>
      </div>
      <Field id="filter-metadata" label={i18n.t('batches.metadata')} hint={i18n.t('batches.metadataHint')}>
        <input
          id="filter-metadata"
          autocomplete="off"
          maxLength={200}
          aria-describedby="filter-metadata-hint"
          value={fields.metadata}
          onInput={(event) => setFields('metadata', event.currentTarget.value)}
        />
      </Field>
      <label class="check">
        <input
          type="checkbox"
          checked={fields.hasErrors}
          onChange={(event) => setFields('hasErrors', event.currentTarget.checked)}
        />
        {i18n.t('batches.onlyErrors')}
      </label>
      <button type="submit" class="primary">
        {i18n.t('batches.apply')}
      </button>
    </form>
  );
}
