import { Show } from 'solid-js';
import type { ParentProps } from 'solid-js';
import { Dialog } from '../../components/dialog.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Saving } from './create-saving.ts';

interface DialogFormProps {
  title: string;
  /** What is done, as its button says it. */
  action: string;
  saving: Saving;
  /** Whether there is nothing to do yet. */
  isOff?: boolean;
  onSubmit: () => void;
  onClose: () => void;
}

/** Some fields in a window over the page. Where they are not filled in as they should be, the first such has the focus. */
export function DialogForm(props: ParentProps<DialogFormProps>) {
  const i18n = useI18n();
  return (
    <Dialog isOpen title={props.title} onClose={() => props.onClose()}>
      <form
        class="fields dialog-fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
          event.currentTarget.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
        }}
      >
        {props.children}
        <Show when={props.saving.failure()}>
          {(failure) => (
            <div class="wide">
              <FailureNotice failure={failure()} />
            </div>
          )}
        </Show>
        <div class="dialog-actions wide">
          <button type="button" onClick={() => props.onClose()}>
            {i18n.t('common.cancel')}
          </button>
          <button
            type="submit"
            class="primary"
            aria-disabled={props.saving.isSaving() || (props.isOff ?? false)}
          >
            {props.action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
