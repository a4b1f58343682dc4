import { Show } from 'solid-js';
import { outdatePages } from '../../api/ask-page.ts';
import { useQuery } from '../../api/use-query.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import type { I18n } from '../../i18n/i18n.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { toastWhile } from '../../state/toasts.ts';
import { cleanUpAll } from './clean-up.ts';
import type { CleanUp } from './clean-up.ts';

/** Says what nothing needs any more, and deletes it when told so. */
export function CleanUpDialog(props: { isOpen: boolean; onClose: () => void }) {
  const i18n = useI18n();
  const app = useApp();
  const dryRun = useQuery(() => ({
    ...app.queries.cleanUp(),
    enabled: props.isOpen,
    refetchInterval: false,
    staleTime: 0,
    gcTime: 0,
  }));

  async function run(): Promise<void> {
    props.onClose();
    await toastWhile(
      cleanUpAll(() => app.api.files.cleanUp.mutate({})),
      {
        pending: i18n.t('files.cleaning'),
        done: (done) => describe(i18n, done),
        isFailed: ({ failed }) => failed.length > 0,
        failed: i18n.failure,
      },
    );
    outdatePages(app.client, ['files', 'list']);
    await app.client.invalidateQueries({ queryKey: ['files'] });
  }

  return (
    <Dialog isOpen={props.isOpen} title={i18n.t('files.cleanUpTitle')} onClose={() => props.onClose()}>
      <Loaded query={dryRun} lines={3}>
        {(found) => (
          <Show when={found().files > 0} fallback={<p>{i18n.t('files.cleanUpNothing')}</p>}>
            <div class="stack">
              <p>
                <strong>
                  {i18n.t('files.cleanUpQuestion', found().files, i18n.format().bytes(found().bytes))}
                </strong>
              </p>
              <p class="quiet">{i18n.t('files.cleanUpHint')}</p>
            </div>
            <div class="dialog-actions">
              <button type="button" onClick={() => props.onClose()}>
                {i18n.t('common.cancel')}
              </button>
              <button type="button" class="danger" onClick={() => void run()}>
                {i18n.t('files.cleanUpNow', found().files)}
              </button>
            </div>
          </Show>
        )}
      </Loaded>
    </Dialog>
  );
}

function describe(i18n: I18n, { files, bytes, failed }: CleanUp): string {
  const done = i18n.t('files.cleaned', files, i18n.format().bytes(bytes));
  const first = failed[0];
  if (!first) return done;
  const error = { ...first, type: 'api_error', param: null, request_id: '' };
  const reason = i18n.failure({ kind: 'refused', error });
  // A sentence with places needs details, which only the server's own has filled in.
  return `${done} ${i18n.t('files.notCleaned', failed.length, reason.includes('{') ? first.message : reason)}`;
}
