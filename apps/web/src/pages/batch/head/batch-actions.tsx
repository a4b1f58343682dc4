import { canCancel, jobResultsUrl } from '@batchdesk/shared';
import type { Job } from '@batchdesk/shared';
import Download from 'lucide-solid/icons/download';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import { Match, Show, Switch, createSignal } from 'solid-js';
import { useAnnounce } from '../../../components/announcer.tsx';
import { copyText } from '../../../components/copy-text.ts';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { Menu } from '../../../components/menu.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import { toast } from '../../../state/toasts.ts';
import { countUnsuccessful, hindranceOf, primaryActionOf } from '../job-facts.ts';
import { createJobActions } from './create-job-actions.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { menuItemsOf } from './menu-items.ts';

type Question = 'cancel' | 'retry' | 'delete';

/** What a batch is most likely opened for, and the rest in a menu. What cannot be taken back asks first. */
export function BatchActions(props: { job: Job }) {
  const i18n = useI18n();
  const announce = useAnnounce();
  const actions = createJobActions(() => props.job);
  const [question, setQuestion] = createSignal<Question | null>(null);
  const primary = () => primaryActionOf(props.job);
  const unsuccessful = () => countUnsuccessful(props.job);
  const close = () => setQuestion(null);
  const items = () =>
    menuItemsOf(props.job, i18n, {
      onRetry: () => setQuestion('retry'),
      onDelete: () => setQuestion('delete'),
      onCopyId: () => void copyId(),
    });

  async function copyId(): Promise<void> {
    if (await copyText(props.job.id)) announce(i18n.t('common.copied'));
    else await toast(i18n.t('common.notCopied'), 'failed');
  }

  return (
    <>
      <Switch>
        <Match when={primary() === 'cancel'}>
          <CancelButton job={props.job} onAsk={() => setQuestion('cancel')} />
        </Match>
        <Match when={primary() === 'retry'}>
          <button type="button" class="primary" onClick={() => setQuestion('retry')}>
            <RotateCcw aria-hidden="true" />
            {i18n.t('batch.retryCount', unsuccessful())}
          </button>
        </Match>
        <Match when={primary() === 'download'}>
          <DownloadButton job={props.job} />
        </Match>
      </Switch>
      <Menu
        class="icon-button"
        label={i18n.t('batch.moreActions')}
        trigger={<Ellipsis aria-hidden="true" />}
        items={items()}
      />
      <ConfirmDialog
        isOpen={question() === 'cancel'}
        title={i18n.t('batch.cancelQuestion')}
        action={i18n.t('batch.cancelBatch')}
        isDangerous
        onConfirm={() => void actions.cancel()}
        onClose={close}
      >
        <p>{i18n.t('batch.cancelHint')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={question() === 'retry'}
        title={i18n.t('batch.retryQuestion', unsuccessful())}
        action={i18n.t('batch.retryCount', unsuccessful())}
        onConfirm={() => void actions.retry(unsuccessful())}
        onClose={close}
      >
        <p>{i18n.t('batch.retryHint')}</p>
      </ConfirmDialog>
      <DeleteDialog
        job={props.job}
        isOpen={question() === 'delete'}
        onConfirm={(providerFiles) => void actions.remove(providerFiles)}
        onClose={close}
      />
    </>
  );
}

/** Nothing more can be cancelled while it is being done. */
function CancelButton(props: { job: Job; onAsk: () => void }) {
  const i18n = useI18n();
  const canAsk = () => props.job.state === 'waiting' || canCancel(props.job.state);
  return (
    <button type="button" class="danger" aria-disabled={!canAsk()} onClick={() => canAsk() && props.onAsk()}>
      {canAsk() ? i18n.t('batch.cancelBatch') : i18n.t('batch.cancelling')}
    </button>
  );
}

function DownloadButton(props: { job: Job }) {
  const i18n = useI18n();
  const hindrance = () => hindranceOf(props.job, 'merged');
  const reason = () => {
    const why = hindrance();
    return why === null ? undefined : i18n.t(`batch.hindrances.${why}`);
  };
  return (
    <Show
      when={hindrance() === null}
      fallback={
        <>
          <span class="quiet">{reason()}</span>
          <button type="button" class="primary" aria-disabled="true">
            <Download aria-hidden="true" />
            {i18n.t('batch.downloadResults')}
          </button>
        </>
      }
    >
      <a class="button primary" href={jobResultsUrl(props.job.id)} download="">
        <Download aria-hidden="true" />
        {i18n.t('batch.downloadResults')}
      </a>
    </Show>
  );
}
