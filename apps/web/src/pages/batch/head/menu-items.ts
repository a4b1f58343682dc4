import { jobResultsUrl } from '@batchdesk/shared';
import type { DownloadType, Job } from '@batchdesk/shared';
import type { MenuItem } from '../../../components/menu.tsx';
import type { I18n } from '../../../i18n/i18n.tsx';
import { countUnsuccessful, hasEnded, hindranceOf, primaryActionOf } from '../job-facts.ts';

const DOWNLOADS = [
  { name: 'merged', type: 'merged', format: 'jsonl' },
  { name: 'output', type: 'output', format: 'jsonl' },
  { name: 'error', type: 'error', format: 'jsonl' },
  { name: 'csv', type: 'merged', format: 'csv' },
] as const satisfies readonly { name: string; type: DownloadType; format: 'jsonl' | 'csv' }[];

/** What the menu of a batch calls. */
interface MenuCalls {
  onRetry: () => void;
  onDelete: () => void;
  onCopyId: () => void;
}

/** What can be done with a batch beside what stands first. What cannot be done now says why. */
export function menuItemsOf(job: Job, i18n: I18n, calls: MenuCalls): MenuItem[] {
  const downloads = DOWNLOADS.map(({ name, type, format }): MenuItem => {
    const hindrance = hindranceOf(job, type);
    const label = i18n.t(`batch.downloads.${name}`);
    if (hindrance) return { label, hint: i18n.t(`batch.hindrances.${hindrance}`), isDisabled: true };
    const href = jobResultsUrl(job.id, { type, format });
    return { label, hint: i18n.t(`batch.downloadHints.${name}`), href };
  });
  const retried = countUnsuccessful(job);
  const canRetry =
    hasEnded(job) && job.kind !== 'imported' && retried > 0 && primaryActionOf(job) !== 'retry';
  const isDisabled = !hasEnded(job);
  return [
    ...downloads,
    ...(canRetry ? [{ label: i18n.t('batch.retryCount', retried), onSelect: calls.onRetry }] : []),
    { label: i18n.t('batch.copyId'), onSelect: calls.onCopyId },
    {
      label: i18n.t('batch.deleteBatch'),
      isDangerous: !isDisabled,
      isDisabled,
      ...(isDisabled ? { hint: i18n.t('batch.deleteUnfinished') } : {}),
      onSelect: calls.onDelete,
    },
  ];
}
