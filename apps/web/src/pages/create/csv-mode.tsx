import { Show, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { readCsvHead } from '../../create/build-requests.ts';
import type { TableHead } from '../../create/table.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { ColumnChips } from './column-chips.tsx';
import { FileField } from './file-field.tsx';
import { useForm } from './form-context.tsx';
import { insertText } from './insert-text.ts';
import { Preview } from './preview.tsx';
import { TargetFields } from './target-fields.tsx';
import { TemplateField } from './template-field.tsx';

/** Rows that are shown as they would be sent. */
const SHOWN_ROWS = 3;

/** Requests of the rows of CSV. */
export function CsvMode() {
  const i18n = useI18n();
  const { draft } = useForm();
  const [head, setHead] = createSignal<TableHead | null>(null);
  /** The text that columns are put into: the one that was written in last. */
  let last: HTMLTextAreaElement | undefined;
  let call = new AbortController();
  onCleanup(() => call.abort());

  async function readHead(csv: File | null): Promise<void> {
    call.abort();
    call = new AbortController();
    const { signal } = call;
    setHead(null);
    if (!csv) return;
    try {
      const read = await readCsvHead(csv, SHOWN_ROWS, signal);
      setHead(read);
      const [first] = read.columns;
      const isUntouched = draft.fields.template === '{{prompt}}';
      if (first && isUntouched && !read.columns.includes('prompt')) draft.set({ template: `{{${first}}}` });
    } catch {
      // The check of the whole file says why it cannot be read.
    }
  }

  createEffect(
    on(
      () => draft.files.csv,
      (csv) => void readHead(csv),
    ),
  );

  function insert(column: string): void {
    const element = last ?? document.querySelector<HTMLTextAreaElement>('#create-template');
    if (!element) return;
    const { value, selectionStart: start, selectionEnd: end } = element;
    const { text, cursor } = insertText(value, `{{${column}}}`, { start, end });
    draft.set(element.id === 'create-system' ? { system: text } : { template: text });
    element.focus();
    element.setSelectionRange(cursor, cursor);
  }

  return (
    <>
      <FileField
        slot="csv"
        label={i18n.t('create.csvFile')}
        invitation={i18n.t('create.csvDrop')}
        hint={i18n.t('create.csvHint')}
        accept=".csv,.tsv,text/csv,text/tab-separated-values"
      />
      <TargetFields onFocusSystem={(element) => (last = element)} />
      <div class="stack">
        <TemplateField
          id="create-template"
          label={i18n.t('create.template')}
          hint={i18n.t('create.templateHint')}
          rows={4}
          value={draft.fields.template}
          onInput={(template) => draft.set({ template })}
          onFocus={(element) => (last = element)}
        />
        <Show when={head()}>{(table) => <ColumnChips columns={table().columns} onInsert={insert} />}</Show>
      </div>
      <Show when={head()}>{(table) => <Preview head={table()} />}</Show>
    </>
  );
}
