import { useI18n } from '../../i18n/i18n.tsx';
import { FileField } from './file-field.tsx';

/** Requests of a file of JSONL, of any size. */
export function FileMode() {
  const i18n = useI18n();
  return (
    <FileField
      slot="file"
      label={i18n.t('create.jsonlFile')}
      invitation={i18n.t('create.jsonlDrop')}
      hint={i18n.t('create.jsonlHint')}
      accept=".jsonl,.ndjson,.json,.txt,application/jsonl,application/x-ndjson"
    />
  );
}
