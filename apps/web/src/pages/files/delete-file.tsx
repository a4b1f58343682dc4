import { createEffect, createSignal } from 'solid-js';
import { outdatePages } from '../../api/ask-page.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { toastWhile } from '../../state/toasts.ts';
import type { Deletion } from './file-table.tsx';

/** Asks before a file is deleted, and deletes it. */
export function DeleteFile(props: { deletion: Deletion | null; onClose: () => void }) {
  const i18n = useI18n();
  const app = useApp();
  // What was asked stays to be read while the window closes.
  const [last, setLast] = createSignal<Deletion | null>(null);
  createEffect(() => props.deletion && setLast(props.deletion));
  const name = () => last()?.file.filename ?? last()?.file.id ?? '';
  const where = () => last()?.where ?? 'both';

  async function remove(): Promise<void> {
    const deletion = last();
    if (!deletion) return;
    const called = name();
    const input = { file_id: deletion.file.id, where: deletion.where };
    await toastWhile(app.api.files.delete.mutate(input), {
      pending: i18n.t('files.deleting', called),
      done: () => i18n.t(`files.deleted.${input.where}`, called),
      failed: i18n.failure,
    });
    outdatePages(app.client, ['files', 'list']);
    await app.client.invalidateQueries({ queryKey: ['files'] });
  }

  return (
    <ConfirmDialog
      isOpen={props.deletion !== null}
      title={i18n.t(`files.deleteQuestions.${where()}`, name())}
      action={i18n.t('common.delete')}
      isDangerous
      onConfirm={() => void remove()}
      onClose={() => props.onClose()}
    >
      <p>{i18n.t(`files.deleteHints.${where()}`)}</p>
    </ConfirmDialog>
  );
}
