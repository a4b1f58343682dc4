import { jobResultsUrl } from '@batchdesk/shared';
import type { Job } from '@batchdesk/shared';
import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { useNavigate } from '@solidjs/router';
import { For } from 'solid-js';
import { countFailed } from '../../format/progress.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import type { Bulk } from './create-bulk.ts';
import { canCancel, canDelete, canRetry, hasResults } from './job-facts.ts';

/** Whose menu it is. */
export interface RowMenuProps {
  job: Job;
  bulk: Bulk;
}

/** What can be done with a row. */
export function RowMenuContent(props: RowMenuProps) {
  const i18n = useI18n();
  const navigate = useNavigate();
  const items = () => {
    const { job, bulk } = props;
    const noResults = !hasResults(job);
    return [
      { name: 'open', run: () => navigate(paths.batch(job.id)) },
      { name: 'cancel', isOff: !canCancel(job), run: () => bulk.ask('cancel', [job]) },
      { name: 'retry', isOff: !canRetry(job), run: () => bulk.ask('retry', [job]) },
      { name: 'results', isOff: noResults, run: () => download(jobResultsUrl(job.id)) },
      { name: 'resultsCsv', isOff: noResults, run: () => download(jobResultsUrl(job.id, { format: 'csv' })) },
      {
        name: 'errors',
        isOff: countFailed(job.counts) === 0,
        run: () => download(jobResultsUrl(job.id, { type: 'error' })),
      },
      { name: 'delete', isOff: !canDelete(job), run: () => bulk.ask('delete', [job]) },
    ] as const satisfies { name: string; isOff?: boolean; run: () => void }[];
  };
  return (
    <For each={items()}>
      {(item) => (
        <DropdownMenu.Item
          class={`menu-item${item.name === 'delete' ? ' problem' : ''}`}
          disabled={'isOff' in item && item.isOff}
          onSelect={() => item.run()}
        >
          {i18n.t(`batches.actions.${item.name}`)}
        </DropdownMenu.Item>
      )}
    </For>
  );
}

function download(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}
