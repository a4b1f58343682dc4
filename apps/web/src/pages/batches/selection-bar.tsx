import { jobsCsvUrl } from '@batchdesk/shared';
import type { Job } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import { BULK_ACTIONS, planBulk } from './bulk-plan.ts';
import type { BulkAction } from './bulk-plan.ts';
import type { Bulk } from './create-bulk.ts';
import type { SelectAll } from './create-select-all.ts';

/** Jobs that one table can name. */
const EXPORT_LIMIT = 100;

interface SelectionBarProps {
  jobs: readonly Job[];
  bulk: Bulk;
  all: SelectAll;
  onClear: () => void;
}

/** What can be done with the rows that are ticked. */
export function SelectionBar(props: SelectionBarProps) {
  const i18n = useI18n();
  const canExport = () => props.jobs.length <= EXPORT_LIMIT;
  return (
    <section class="selection-bar" aria-label={i18n.t('batches.selection')}>
      <Show
        when={props.all.rest()}
        fallback={<strong>{i18n.t('batches.selected', props.jobs.length)}</strong>}
      >
        {(total) => (
          <>
            <strong>{i18n.t('batches.selectedOf', props.jobs.length, i18n.format().number(total()))}</strong>
            <Show
              when={props.all.canRun()}
              fallback={<span class="quiet small">{i18n.t('batches.onlyShown')}</span>}
            >
              <button
                type="button"
                aria-disabled={props.all.isLoading()}
                onClick={() => !props.all.isLoading() && void props.all.run()}
              >
                {props.all.isLoading()
                  ? i18n.t('batches.selectingAll')
                  : i18n.t('batches.selectAllOf', total())}
              </button>
            </Show>
          </>
        )}
      </Show>
      <For each={BULK_ACTIONS}>{(action) => <BulkButton action={action} />}</For>
      <Show
        when={canExport()}
        fallback={
          <button type="button" disabled title={i18n.t('batches.exportLimit', EXPORT_LIMIT)}>
            {i18n.t('batches.bulk.export')}
          </button>
        }
      >
        <a class="button" href={jobsCsvUrl({ ids: props.jobs.map(({ id }) => id) })} download="">
          {i18n.t('batches.bulk.export')}
        </a>
      </Show>
      <button type="button" class="plain-button row-end" onClick={() => props.onClear()}>
        {i18n.t('batches.bulk.clear')}
      </button>
    </section>
  );

  function BulkButton(button: { action: BulkAction }) {
    const isNone = () => planBulk(button.action, props.jobs).jobs.length === 0;
    return (
      <button
        type="button"
        class={button.action === 'delete' ? 'danger' : ''}
        disabled={isNone()}
        title={isNone() ? i18n.t(`batches.bulkNone.${button.action}`) : undefined}
        onClick={() => props.bulk.ask(button.action, props.jobs)}
      >
        {i18n.t(`batches.bulk.${button.action}`)}
      </button>
    );
  }
}
