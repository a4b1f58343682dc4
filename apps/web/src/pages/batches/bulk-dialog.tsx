import { Show, createSignal } from 'solid-js';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { jobName } from '../../format/job-name.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import type { BulkPlan } from './bulk-plan.ts';
import type { Bulk } from './create-bulk.ts';

/** Asks exactly what is to be done, and to how many. */
export function BulkDialog(props: { bulk: Bulk; plan: BulkPlan }) {
  const i18n = useI18n();
  const [deletesFiles, setDeletesFiles] = createSignal(false);
  const action = () => props.plan.action;
  const count = () => props.plan.jobs.length;
  const others = () => props.plan.otherCount;

  function title(): string {
    const { jobs, requestCount } = props.plan;
    const [only] = jobs;
    return jobs.length === 1 && only
      ? i18n.t(`batches.asksOne.${action()}`, jobName(only), requestCount)
      : i18n.t(`batches.asks.${action()}`, jobs.length, requestCount);
  }

  return (
    <ConfirmDialog
      isOpen={props.bulk.isOpen()}
      title={title()}
      action={i18n.t(
        `batches.confirms.${action()}`,
        action() === 'retry' ? props.plan.requestCount : count(),
      )}
      isDangerous={action() !== 'retry'}
      onConfirm={() => props.bulk.confirm(action() === 'delete' && deletesFiles())}
      onClose={() => props.bulk.close()}
    >
      <p>{i18n.t(`batches.hints.${action()}`)}</p>
      <Show when={others() > 0}>
        <p>{i18n.t(`batches.stay.${action()}`, others(), count() + others())}</p>
      </Show>
      <Show when={action() === 'delete'}>
        <label class="check">
          <input
            type="checkbox"
            checked={deletesFiles()}
            onChange={(event) => setDeletesFiles(event.currentTarget.checked)}
          />
          {i18n.t('batches.deleteFiles')}
        </label>
      </Show>
    </ConfirmDialog>
  );
}
