import { jobResultsUrl } from '@batchdesk/shared';
import type { Job } from '@batchdesk/shared';
import { useNavigate } from '@solidjs/router';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import { Menu } from '../../components/menu.tsx';
import type { MenuItem } from '../../components/menu.tsx';
import { countFailed } from '../../format/progress.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import type { Bulk } from './create-bulk.ts';
import { canCancel, canDelete, canRetry, hasResults } from './job-facts.ts';

/** What can be done with a row. */
export function RowMenu(props: { job: Job; bulk: Bulk; name: string }) {
  const i18n = useI18n();
  const navigate = useNavigate();
  const label = (name: 'open' | 'results' | 'resultsCsv' | 'errors' | keyof typeof CAN) =>
    i18n.t(`batches.actions.${name}`);
  const ask = (action: keyof typeof CAN): MenuItem => ({
    label: label(action),
    isDisabled: !CAN[action](props.job),
    isDangerous: action === 'delete',
    onSelect: () => props.bulk.ask(action, [props.job]),
  });
  const items = (): MenuItem[] => {
    const { job } = props;
    const isDisabled = !hasResults(job);
    return [
      { label: label('open'), onSelect: () => navigate(paths.batch(job.id)) },
      ask('cancel'),
      ask('retry'),
      { label: label('results'), isDisabled, href: jobResultsUrl(job.id) },
      { label: label('resultsCsv'), isDisabled, href: jobResultsUrl(job.id, { format: 'csv' }) },
      {
        label: label('errors'),
        isDisabled: countFailed(job.counts) === 0,
        href: jobResultsUrl(job.id, { type: 'error' }),
      },
      ask('delete'),
    ];
  };
  return (
    <Menu
      class="icon-button"
      label={i18n.t('batches.menuOf', props.name)}
      trigger={<Ellipsis aria-hidden="true" />}
      items={items()}
    />
  );
}

const CAN = { cancel: canCancel, retry: canRetry, delete: canDelete };
