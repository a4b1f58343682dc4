import type { Job } from '@batchdesk/shared';
import { createSignal } from 'solid-js';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { jobName } from '../../../format/job-name.ts';
import { useI18n } from '../../../i18n/i18n.tsx';

interface DeleteDialogProps {
  job: Job;
  isOpen: boolean;
  /** Whether the files at the provider go as well. */
  onConfirm: (providerFiles: boolean) => void;
  onClose: () => void;
}

/** Asks before a batch is deleted, and whether its files at the provider go as well. */
export function DeleteDialog(props: DeleteDialogProps) {
  const i18n = useI18n();
  const [isAtProvider, setIsAtProvider] = createSignal(false);
  return (
    <ConfirmDialog
      isOpen={props.isOpen}
      title={i18n.t('batch.deleteQuestion', jobName(props.job))}
      action={i18n.t('common.delete')}
      isDangerous
      onConfirm={() => props.onConfirm(isAtProvider())}
      onClose={() => props.onClose()}
    >
      <p>{i18n.t('batch.deleteHint')}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={isAtProvider()}
          onChange={(event) => setIsAtProvider(event.currentTarget.checked)}
        />
        {i18n.t('batch.deleteProvider')}
      </label>
    </ConfirmDialog>
  );
}
