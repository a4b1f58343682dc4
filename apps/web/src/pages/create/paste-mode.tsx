import { useNavigate } from '@solidjs/router';
import { Show, Suspense, createMemo, lazy } from 'solid-js';
import { Skeleton } from '../../components/skeleton.tsx';
import { WithCode } from '../../components/with-code.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import { focusField } from './focus-field.ts';
import { useForm } from './form-context.tsx';
import { controlId } from './form-field.tsx';

const Editor = lazy(async () => ({ default: (await import('../../components/editor/editor.tsx')).Editor }));

/** Shows a line of the editor. */
export type JumpToLine = (line: number) => void;

const EXAMPLE = [1, 2]
  .map((number) => ({
    custom_id: `request-${number}`,
    method: 'POST',
    url: '/v1/chat/completions',
    body: { model: 'gpt-4o-mini', messages: [{ role: 'user', content: `Question ${number}` }] },
  }))
  .map((request) => JSON.stringify(request))
  .join('\n');

/** Requests that are pasted or written as JSONL. */
export function PasteMode(props: { onReady: (jump: JumpToLine) => void }) {
  const i18n = useI18n();
  const form = useForm();
  const navigate = useNavigate();
  const { draft, input } = form;
  const isTooLong = () => input.state().status === 'too_long';
  const issues = createMemo(() =>
    input.state().status === 'none' ? undefined : input.state().result?.checked?.summary.issues,
  );
  /** Of what was checked last; the editor moves them with its lines. */
  const marks = createMemo(() =>
    (issues() ?? []).map((issue) => ({ line: issue.line, message: i18n.issue(issue) })),
  );
  const problem = () => form.problemOf('jsonl');

  function useAsFile(): void {
    const file = new File([draft.fields.jsonl], i18n.t('create.pastedFile'), { type: 'application/jsonl' });
    draft.setFile('file', file);
    draft.set({ jsonl: '', mode: 'file' });
    navigate(paths.create('file'));
  }

  return (
    <div class="field">
      <div class="field-head">
        <b>{i18n.t('create.editor')}</b>
        <Show when={draft.fields.jsonl === ''}>
          <button
            type="button"
            class="link-button"
            onClick={() => {
              draft.set({ jsonl: EXAMPLE });
              // The button is gone: the focus goes on to what it filled.
              focusField('jsonl');
            }}
          >
            {i18n.t('create.example')}
          </button>
        </Show>
      </div>
      <div class={`editor-place${problem() ? ' has-problem' : ''}`}>
        <Suspense fallback={<Skeleton lines={10} />}>
          <Editor
            id={controlId('jsonl')}
            label={i18n.t('create.editor')}
            text={draft.fields.jsonl}
            marks={marks()}
            onChange={(jsonl) => draft.set({ jsonl })}
            onReady={(jump) => props.onReady(jump)}
          />
        </Suspense>
      </div>
      <p class="quiet">
        <WithCode text={i18n.t('create.editorHint')} />
      </p>
      <Show when={!isTooLong() && problem()}>
        {(key) => <p class="problem">{i18n.t(`create.problems.${key()}`)}</p>}
      </Show>
      <Show when={isTooLong()}>
        <div class="notice notice-waiting" role="status">
          <p>{i18n.t('create.problems.jsonl_too_long')}</p>
          <button type="button" onClick={useAsFile}>
            {i18n.t('create.useAsFile')}
          </button>
        </div>
      </Show>
    </div>
  );
}
