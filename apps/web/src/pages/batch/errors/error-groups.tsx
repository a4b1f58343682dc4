import type { ErrorGroup, Job } from '@batchdesk/shared';
import { Index, Show } from 'solid-js';
import { useI18n } from '../../../i18n/i18n.tsx';
import { ErrorGroupRow } from './error-group-row.tsx';
import { chooseFailed, chooseGroup } from './retry-selection.ts';
import type { RetryChoice } from './retry-selection.ts';

interface ErrorGroupsProps {
  job: Job;
  groups: readonly ErrorGroup[];
  isSending: boolean;
  onRetry: (choice: RetryChoice) => void;
  onRetryAll: () => void;
}

/** What did not succeed, by error code: most requests first. */
export function ErrorGroups(props: ErrorGroupsProps) {
  const i18n = useI18n();
  const all = () => props.groups.reduce((sum, { count }) => sum + count, 0);
  return (
    <section class="stack" aria-labelledby="error-groups">
      <div class="row">
        <h2 id="error-groups">{i18n.t('requests.errors.groups')}</h2>
        <Show when={chooseFailed(props.job).count > 0}>
          <button type="button" class="row-end" disabled={props.isSending} onClick={() => props.onRetryAll()}>
            {i18n.t('requests.errors.retryAll')}
          </button>
        </Show>
      </div>
      <div class="table-place">
        <table class="table table-cards error-groups">
          <thead>
            <tr>
              <th scope="col">{i18n.t('requests.errors.error')}</th>
              <th scope="col">{i18n.t('requests.columns.outcome')}</th>
              <th scope="col" class="number">
                {i18n.t('requests.errors.count')}
              </th>
              <th scope="col">{i18n.t('requests.errors.sample')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            <Index each={props.groups}>
              {(group) => (
                <ErrorGroupRow
                  job={props.job}
                  group={group()}
                  share={group().count / all()}
                  isSending={props.isSending}
                  onRetry={() => props.onRetry(chooseGroup(group()))}
                />
              )}
            </Index>
          </tbody>
        </table>
      </div>
    </section>
  );
}
