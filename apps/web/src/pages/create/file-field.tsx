import FileText from 'lucide-solid/icons/file-text';
import FileUp from 'lucide-solid/icons/file-up';
import { Show } from 'solid-js';
import type { FileSlot } from '../../create/keep-file.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { useForm } from './form-context.tsx';
import { FormField } from './form-field.tsx';

interface FileFieldProps {
  slot: FileSlot;
  label: string;
  /** What can be dropped, and where. */
  invitation: string;
  hint: string;
  accept: string;
}

/** A file that is dropped or chosen. */
export function FileField(props: FileFieldProps) {
  const i18n = useI18n();
  const { draft } = useForm();
  const file = () => draft.files[props.slot];
  let input: HTMLInputElement | undefined;
  return (
    <FormField field={props.slot} label={props.label} hint={props.hint}>
      {(control) => (
        <div class={`file-place${file() ? ' has-file' : ''}`}>
          <Show
            when={file()}
            fallback={
              <>
                <FileUp class="file-sign" aria-hidden="true" />
                <p>{props.invitation}</p>
              </>
            }
          >
            {(chosen) => (
              <>
                <FileText aria-hidden="true" />
                <span class="file-name cut" title={chosen().name}>
                  {chosen().name}
                </span>
                <span class="quiet">{i18n.format().bytes(chosen().size)}</span>
              </>
            )}
          </Show>
          <input
            {...control}
            ref={(element) => (input = element)}
            type="file"
            class="visually-hidden"
            accept={props.accept}
            onChange={(event) => {
              const [chosen] = event.currentTarget.files ?? [];
              if (chosen) draft.setFile(props.slot, chosen);
              // So that the same file, changed meanwhile, can be chosen again.
              event.currentTarget.value = '';
            }}
          />
          <button
            type="button"
            class="file-choose"
            tabIndex={-1}
            aria-hidden="true"
            onClick={() => input?.click()}
          >
            {i18n.t(file() ? 'create.chooseOther' : 'create.choose')}
          </button>
          <Show when={file()}>
            <button type="button" class="plain-button" onClick={() => draft.setFile(props.slot, null)}>
              {i18n.t('create.removeFile')}
            </button>
          </Show>
        </div>
      )}
    </FormField>
  );
}
