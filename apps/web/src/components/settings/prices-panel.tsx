import type { ListedPrice } from '@batchdesk/shared';
import { Show, createSignal, onMount, untrack } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Dashboard } from '../../state/create-dashboard.ts';
import { createPrices } from '../../state/create-prices.ts';
import { useAnnounce } from '../announcer.tsx';
import { FailureNotice } from '../failure-notice.tsx';
import { ImportPrices } from './import-prices.tsx';
import { PriceForm } from './price-form.tsx';
import { PriceTable } from './price-table.tsx';
import { RecostBatches } from './recost-batches.tsx';
import { RemovePrice } from './remove-price.tsx';

type Task = { kind: 'add' | 'import' | 'recost' } | { kind: 'change' | 'remove'; price: ListedPrice };

/** All prices, and what can be done with them. */
export function PricesPanel(props: { dashboard: Dashboard }) {
  const i18n = useI18n();
  const announce = useAnnounce();
  const dashboard = untrack(() => props.dashboard);
  const prices = createPrices(dashboard);
  const [task, setTask] = createSignal<Task | null>(null);
  const [said, setSaid] = createSignal('');
  let heading: HTMLHeadingElement | undefined;
  onMount(() => void prices.load());

  function begin(next: Task): void {
    setSaid('');
    setTask(next);
  }

  /** Called before the dialog closes, so that the focus is not on a row that is gone. */
  function succeed(sentence: string): void {
    setSaid(sentence);
    announce(sentence);
  }

  /** A dialog says that it is closed a moment later: the next one may be open by then. */
  function end(ended: Task): void {
    if (task() !== ended) return;
    setTask(null);
    if (said()) heading?.focus();
  }

  return (
    <section class="panel settings-panel" aria-labelledby="prices">
      <h3 ref={(element) => (heading = element)} id="prices" tabIndex={-1}>
        {i18n.t().prices}
      </h3>
      <Show
        when={prices.state.list}
        fallback={
          <Show when={prices.state.failure} fallback={<p class="quiet">{i18n.t().loading}</p>}>
            {(failure) => <FailureNotice failure={failure()} />}
          </Show>
        }
      >
        {(list) => (
          <>
            <p class="quiet">
              {i18n.t().pricesHint} {i18n.t().builtInRead(i18n.day(list().built_in_read))}
            </p>
            <div class="form-end">
              <button type="button" onClick={() => begin({ kind: 'add' })}>
                {i18n.t().addPrice}
              </button>
              <button type="button" onClick={() => begin({ kind: 'import' })}>
                {i18n.t().importPrices}
              </button>
              <a class="button" href="/api/prices" download="batchdesk-prices.json">
                {i18n.t().exportPrices}
              </a>
              <button type="button" onClick={() => begin({ kind: 'recost' })}>
                {i18n.t().recost}
              </button>
              <p class="success">{said()}</p>
            </div>
            <PriceTable
              prices={list().prices}
              onChange={(price) => begin({ kind: 'change', price })}
              onRemove={(price) => begin({ kind: 'remove', price })}
            />
          </>
        )}
      </Show>
      <Show when={task()} keyed>
        {dialogFor}
      </Show>
    </section>
  );

  function dialogFor(now: Task) {
    const done = { onDone: succeed, onClosed: () => end(now) };
    switch (now.kind) {
      case 'add':
        return <PriceForm initial={null} prices={prices} {...done} />;
      case 'change':
        return <PriceForm initial={now.price} prices={prices} {...done} />;
      case 'remove':
        return <RemovePrice price={now.price} prices={prices} {...done} />;
      case 'import':
        return <ImportPrices prices={prices} {...done} />;
      case 'recost':
        return <RecostBatches dashboard={dashboard} {...done} />;
    }
  }
}
