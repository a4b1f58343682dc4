import { BATCH_ENDPOINTS } from '@batchdesk/shared';
import type { BatchEndpoint } from '@batchdesk/shared';
import { For } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import { useForm } from './form-context.tsx';
import { TextField } from './form-field.tsx';

/** Requests of a file that the provider has already. */
export function FileIdMode() {
  const i18n = useI18n();
  const { draft } = useForm();
  return (
    <div class="fields">
      <TextField
        field="fileId"
        label={i18n.t('create.fileId')}
        hint={i18n.t('create.fileIdHint')}
        class="mono"
        placeholder="file-…"
      />
      <div class="field">
        <label for="create-file-endpoint">{i18n.t('create.endpoint')}</label>
        <select
          id="create-file-endpoint"
          value={draft.fields.fileEndpoint}
          onChange={(event) => draft.set({ fileEndpoint: event.currentTarget.value as BatchEndpoint })}
        >
          <For each={BATCH_ENDPOINTS}>{(endpoint) => <option value={endpoint}>{endpoint}</option>}</For>
        </select>
      </div>
    </div>
  );
}
