import type { Batch } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';

/** What a batch cost and saved, or why that is not known; nothing while it runs. */
export function BatchCost(props: { batch: Batch }) {
  const i18n = useI18n();
  const cost = () => props.batch.cost;
  const amount = () => cost()?.amount ?? null;
  return (
    <Show when={cost()}>
      {(known) => (
        <div class="cost">
          <Show
            when={amount() !== null}
            fallback={<span class="attention">{i18n.t().unknownCosts[known().unknown ?? 'usage']}</span>}
          >
            <span title={props.batch.provider === 'local' ? i18n.t().notBilled : undefined}>
              {known().basis === 'partial_results'
                ? i18n.t().atLeast(i18n.money(amount() ?? 0))
                : i18n.money(amount() ?? 0)}
            </span>
            <Show when={known().savings}>
              {(savings) => <span class="quiet">{i18n.t().saves(i18n.money(savings()))}</span>}
            </Show>
          </Show>
        </div>
      )}
    </Show>
  );
}
