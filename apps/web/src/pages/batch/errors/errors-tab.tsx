import type { Job } from '@batchdesk/shared';
import { isTerminalState } from '@batchdesk/shared';
import { Show, createSignal } from 'solid-js';
import { useQuery } from '../../../api/use-query.ts';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Loaded } from '../../../components/loaded.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import { useApp } from '../../../state/app-state.tsx';
import { toastWhile } from '../../../state/toasts.ts';
import { BatchFailures } from './batch-failures.tsx';
import { ErrorGroups } from './error-groups.tsx';
import type { RetryChoice } from './retry-selection.ts';
import { chooseFailed } from './retry-selection.ts';
import './errors.css';

/** The server lists as many. */
const LISTED = 100;

/** What did not succeed in a batch, by error code, and sending it again. */
export function ErrorsTab(props: { job: Job }) {
  const i18n = useI18n();
  const app = useApp();
  const [choice, setChoice] = createSignal<RetryChoice | null>(null);
  const [isAsking, setIsAsking] = createSignal(false);
  const [isSending, setIsSending] = createSignal(false);
  const isFinal = () => isTerminalState(props.job.state);
  const query = useQuery(() => ({
    ...app.queries.errors(props.job.id),
    ...(isFinal() && { refetchInterval: false as const }),
  }));

  function ask(next: RetryChoice): void {
    setChoice(next);
    setIsAsking(true);
  }

  async function retry({ which, count }: RetryChoice): Promise<void> {
    const job_id = props.job.id;
    setIsSending(true);
    await toastWhile(app.api.job.retry.mutate({ job_id, ...which }), {
      pending: i18n.t('requests.errors.sending', count),
      done: () => i18n.t('requests.errors.sent', count),
      failed: i18n.failure,
    });
    setIsSending(false);
    await app.client.invalidateQueries({ queryKey: ['jobs'] });
  }

  return (
    <div class="errors">
      <Loaded query={query} lines={6}>
        {(errors) => (
          <Show
            when={errors().groups.length > 0 || errors().batch_errors.length > 0}
            fallback={
              <EmptyState
                title={i18n.t(isFinal() ? 'requests.errors.nothing' : 'requests.errors.nothingYet')}
                hint={i18n.t('requests.errors.nothingHint')}
              />
            }
          >
            <Show when={errors().batch_errors.length > 0}>
              <BatchFailures failures={errors().batch_errors} />
            </Show>
            <Show when={errors().groups.length > 0}>
              <ErrorGroups
                job={props.job}
                groups={errors().groups}
                isSending={isSending()}
                onRetry={ask}
                onRetryAll={() => ask(chooseFailed(props.job))}
              />
            </Show>
            <Show when={errors().groups.length >= LISTED}>
              <p class="quiet">{i18n.t('requests.errors.more')}</p>
            </Show>
          </Show>
        )}
      </Loaded>
      <ConfirmDialog
        isOpen={isAsking()}
        title={i18n.t('requests.errors.question', choice()?.count ?? 0)}
        action={i18n.t('requests.errors.action')}
        onConfirm={() => {
          const chosen = choice();
          if (chosen) void retry(chosen);
        }}
        onClose={() => setIsAsking(false)}
      >
        <p>{i18n.t('requests.errors.explain')}</p>
      </ConfirmDialog>
    </div>
  );
}
