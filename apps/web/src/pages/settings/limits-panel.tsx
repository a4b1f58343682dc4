import type { ModelLimitView } from '@batchdesk/shared';
import { Show, createSignal } from 'solid-js';
import { useQuery } from '../../api/use-query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { toastWhile } from '../../state/toasts.ts';
import { LimitForm } from './limit-form.tsx';
import { LimitTable } from './limit-table.tsx';

/** What the provider takes of each model at once. */
export function LimitsPanel() {
  const i18n = useI18n();
  const app = useApp();
  const query = useQuery(() => ({ ...app.queries.limits(), reconcile: 'model' }));
  const [task, setTask] = createSignal<{ limit: ModelLimitView | null } | null>(null);

  async function forget({ model }: ModelLimitView): Promise<void> {
    await toastWhile(app.api.limits.set.mutate({ model, enqueued_tokens: null }), {
      pending: i18n.t('settings.forgetting', model),
      done: () => i18n.t('settings.forgotten', model),
      failed: i18n.failure,
    });
    await app.client.invalidateQueries({ queryKey: ['limits'] });
  }

  return (
    <Loaded query={query} lines={5}>
      {(limits) => (
        <>
          <div class="settings-lead">
            <p class="quiet settings-hint">{i18n.t('settings.limitsHint')}</p>
            <button type="button" class="primary" onClick={() => setTask({ limit: null })}>
              {i18n.t('settings.addLimit')}
            </button>
          </div>
          <Show
            when={limits().length > 0}
            fallback={
              <EmptyState title={i18n.t('settings.noLimits')} hint={i18n.t('settings.noLimitsHint')} />
            }
          >
            <LimitTable
              limits={limits()}
              onChange={(limit) => setTask({ limit })}
              onForget={(limit) => void forget(limit)}
            />
          </Show>
          <Show when={task()} keyed>
            {({ limit }) => <LimitForm initial={limit} onClose={() => setTask(null)} />}
          </Show>
        </>
      )}
    </Loaded>
  );
}
