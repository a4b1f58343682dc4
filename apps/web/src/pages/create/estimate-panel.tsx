import { Match, Show, Switch } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import { EstimateFigures } from './estimate-figures.tsx';
import { useForm } from './form-context.tsx';

/** What the input would cost. Keeps nobody from sending it. */
export function EstimatePanel() {
  const i18n = useI18n();
  const { estimate } = useForm();
  const state = estimate.state;
  return (
    <Show when={state().status !== 'nothing'}>
      <section
        class={`create-part${state().status === 'asking' ? ' is-stale' : ''}`}
        aria-labelledby="estimate-title"
        aria-busy={state().status === 'asking'}
      >
        <h2 id="estimate-title">{i18n.t('costs.estimate')}</h2>
        <Switch>
          <Match when={state().status === 'offered'}>
            <p class="quiet">{i18n.t('costs.estimateOffered')}</p>
            <button type="button" class="row-start" onClick={() => estimate.ask()}>
              {i18n.t('costs.estimateNow')}
            </button>
          </Match>
          <Match when={state().status === 'failed' && state().failure}>
            {(failure) => (
              <>
                <p class="quiet">{i18n.t('costs.estimateFailed', i18n.failure(failure()))}</p>
                <button type="button" class="row-start" onClick={() => estimate.ask()}>
                  {i18n.t('common.retry')}
                </button>
              </>
            )}
          </Match>
          <Match when={state().estimate}>{(found) => <EstimateFigures estimate={found()} />}</Match>
          <Match when={true}>
            <p class="quiet">{i18n.t('costs.estimating')}</p>
          </Match>
        </Switch>
      </section>
    </Show>
  );
}
