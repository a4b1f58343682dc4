import type { ParentProps } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';
import { Dialog } from './dialog.tsx';

interface ConfirmDialogProps {
  isOpen: boolean;
  /** The question, exact: what, and how many. */
  title: string;
  /** What is done, as its button says it. */
  action: string;
  isDangerous?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog(props: ParentProps<ConfirmDialogProps>) {
  const i18n = useI18n();
  return (
    <Dialog isOpen={props.isOpen} title={props.title} onClose={() => props.onClose()}>
      <div class="stack">{props.children}</div>
      <div class="dialog-actions">
        <button type="button" onClick={() => props.onClose()}>
          {i18n.t('common.back')}
        </button>
        <button
          type="button"
          class={props.isDangerous ? 'danger' : 'primary'}
          onClick={() => {
            props.onClose();
            props.onConfirm();
          }}
        >
          {props.action}
        </button>
      </div>
    </Dialog>
  );
}
