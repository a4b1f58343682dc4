import { useLocation, useNavigate } from '@solidjs/router';
import { Match, Switch, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';
import { PageHead } from '../../components/page-head.tsx';
import { loadFile } from '../../create/keep-file.ts';
import type { FileSlot } from '../../create/keep-file.ts';
import { jobName } from '../../format/job-name.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import { useApp } from '../../state/app-state.tsx';
import { toast } from '../../state/toasts.ts';
import { CsvMode } from './csv-mode.tsx';
import { EstimatePanel } from './estimate-panel.tsx';
import { FileIdMode } from './file-id-mode.tsx';
import { FileMode } from './file-mode.tsx';
import { FormProvider } from './form-context.tsx';
import { TextField } from './form-field.tsx';
import { InputReport } from './input-report.tsx';
import { IssueList } from './issue-list.tsx';
import { ModeTabs } from './mode-tabs.tsx';
import { readMode, slotOf } from './modes.ts';
import { openForm } from './open-form.ts';
import { Options } from './options.tsx';
import { PasteMode } from './paste-mode.tsx';
import type { JumpToLine } from './paste-mode.tsx';
import { PromptsMode } from './prompts-mode.tsx';
import { SendPanel } from './send-panel.tsx';
import { StartOver } from './start-over.tsx';
import './create.css';
import './estimate.css';
import './input.css';

/** Where a batch is made: from prompts, CSV, JSONL or a file that the provider has. */
export function Create() {
  const i18n = useI18n();
  const app = useApp();
  const location = useLocation();
  const navigate = useNavigate();
  const form = openForm(app);
  const { draft } = form;
  const [jump, setJump] = createSignal<JumpToLine | null>(null);
  const mode = () => draft.fields.mode;

  /** Says that another file was there. To be called before that is gone. */
  async function sayReplaced(slot: FileSlot, { name }: File): Promise<void> {
    // What was kept of an earlier visit comes only a moment after the form.
    const before = untrack(() => draft.files[slot]) ?? (await loadFile(slot));
    if (before) void toast(i18n.t('create.fileReplaced', before.name, name));
  }

  // The address says which mode it is; without one it is that of the draft.
  createEffect(
    on(
      () => readMode(location.search),
      (named) => {
        if (named && named !== mode()) draft.set({ mode: named });
        if (!named && mode() !== 'simple') navigate(paths.create(mode()), { replace: true, scroll: false });
      },
    ),
  );
  createEffect(
    on(app.dropped, (file) => {
      if (!file) return;
      const slot = slotOf(file);
      app.drop(null);
      void sayReplaced(slot, file);
      draft.setFile(slot, file);
      draft.set({ mode: slot });
      navigate(paths.create(slot), { replace: true, scroll: false });
    }),
  );
  onCleanup(
    form.sending.whileHere((job) => {
      form.setWasTried(false);
      void toast(i18n.t('create.handedIn', jobName(job)));
      navigate(paths.batch(job.id));
    }),
  );

  return (
    <FormProvider form={form}>
      <div class="page">
        <PageHead title={i18n.t('create.title')}>
          <StartOver />
        </PageHead>
        <ModeTabs mode={mode()} />
        <form class="create" novalidate onSubmit={(event) => event.preventDefault()}>
          <div class="create-main">
            <Switch>
              <Match when={mode() === 'simple'}>
                <PromptsMode />
              </Match>
              <Match when={mode() === 'csv'}>
                <CsvMode />
              </Match>
              <Match when={mode() === 'file'}>
                <FileMode />
              </Match>
              <Match when={mode() === 'paste'}>
                <PasteMode onReady={(ready) => setJump(() => ready)} />
              </Match>
              <Match when={mode() === 'file_id'}>
                <FileIdMode />
              </Match>
            </Switch>
            <IssueList jump={mode() === 'paste' ? jump() : null} />
            <TextField
              field="name"
              label={i18n.t('create.name')}
              aside={i18n.t('common.optional')}
              hint={i18n.t('create.nameHint')}
            />
            <Options />
          </div>
          <div class="create-side">
            <InputReport />
            <EstimatePanel />
            <SendPanel />
          </div>
        </form>
      </div>
    </FormProvider>
  );
}
