import { For, Show } from 'solid-js';
import { useQuery } from '../../api/use-query.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { focusField } from './focus-field.ts';
import { useForm } from './form-context.tsx';
import { SameContent } from './same-content.tsx';

/** Earlier batches of the same content that are named. */
const SHOWN_JOBS = 3;

/** Sends the input; says what keeps it from being sent, and what the server answered. */
export function SendPanel() {
  const i18n = useI18n();
  const app = useApp();
  const form = useForm();
  const { sending, input } = form;
  const sha256 = () =>
    input.state().status === 'done' ? (input.state().result?.checked?.sha256 ?? null) : null;
  const same = useQuery(() => ({
    ...app.queries.jobs({ input_sha256: sha256() ?? '', limit: SHOWN_JOBS }),
    enabled: sha256() !== null,
    refetchInterval: false as const,
  }));
  const sameJobs = () => (sha256() !== null && same.isSuccess ? same.data.data : []);
  const isBusy = () => sending.stage() !== 'idle';
  const label = () => {
    const stage = sending.stage();
    if (stage === 'checking') return i18n.t('create.sendChecking');
    if (stage === 'sending') return i18n.t('create.sendSending');
    return i18n.t(sameJobs().length > 0 ? 'create.sendAgain' : 'create.send');
  };
  const shownProblems = () => (form.wasTried() ? form.problems() : []);

  async function send(): Promise<void> {
    if (isBusy() || (await sending.send())) return;
    const [first] = form.problems();
    if (first) focusField(first.field);
  }

  return (
    <div class="create-part">
      <SameContent jobs={sameJobs()} />
      <Show when={!isBusy() && sending.failure()}>{(failure) => <FailureNotice failure={failure()} />}</Show>
      <button
        type="button"
        class="primary create-send"
        aria-disabled={isBusy()}
        aria-describedby="create-send-why"
        onClick={() => void send()}
      >
        {label()}
      </button>
      <div id="create-send-why">
        <Show when={isBusy()}>
          <p class="quiet" role="status">
            {i18n.t(sending.stage() === 'checking' ? 'create.whyChecking' : 'create.whySending')}
          </p>
        </Show>
        <Show when={shownProblems().length > 0}>
          <p class="problem">{i18n.t('create.problemCount', shownProblems().length)}</p>
          <ul class="send-problems">
            <For each={shownProblems()}>
              {({ field, key }) => (
                <li>
                  <button type="button" class="link-button" onClick={() => focusField(field)}>
                    {i18n.t(`create.problems.${key}`)}
                  </button>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </div>
    </div>
  );
}
