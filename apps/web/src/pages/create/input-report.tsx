import { Match, Show, Switch } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import { isWorking } from './create-input.ts';
import { useForm } from './form-context.tsx';
import { controlId } from './form-field.tsx';
import { InputFacts } from './input-facts.tsx';
import { WorkProgress } from './work-progress.tsx';

/** What would be sent, as it is found out. */
export function InputReport() {
  const i18n = useI18n();
  const { draft, input } = useForm();
  const state = input.state;
  const checked = () => state().result?.checked;
  return (
    <section class="create-part" aria-labelledby="input-title" aria-busy={isWorking(state())}>
      <h2 id="input-title">{i18n.t('create.input')}</h2>
      <Switch>
        <Match when={draft.fields.mode === 'file_id'}>
          <p class="quiet">{i18n.t('create.fileIdInput')}</p>
        </Match>
        <Match when={state().status === 'none' || state().status === 'too_long'}>
          <p class="quiet">{i18n.t('create.nothingYet')}</p>
        </Match>
        <Match when={state().status === 'stopped' || state().status === 'failed'}>
          <Show when={state().failure} fallback={<p class="quiet">{i18n.t('create.stopped')}</p>}>
            {(code) => (
              <p class="problem" role="alert">
                {i18n.t(`create.problems.${code()}`)}
              </p>
            )}
          </Show>
          <button type="button" id={controlId('input')} class="row-start" onClick={() => input.again()}>
            {i18n.t('create.checkAgain')}
          </button>
        </Match>
        <Match when={isWorking(state()) && (state().progress !== null || !state().result)}>
          <WorkProgress state={state()} onStop={() => input.stop()} />
        </Match>
        <Match when={checked()}>
          {(found) => <InputFacts checked={found()} rowProblems={state().result?.problemCount ?? 0} />}
        </Match>
        <Match when={state().result}>
          {(result) => <p class="problem">{i18n.t('create.issueCount', result().problemCount)}</p>}
        </Match>
      </Switch>
    </section>
  );
}
