import { For, Show } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import type { PriceChange } from './price-list.ts';

/** Changes shown; a file can have thousands. */
const SHOWN = 50;

/** What an import would change. */
export function PriceChanges(props: { changes: readonly PriceChange[] }) {
  const i18n = useI18n();
  // What the server has not checked yet may be anything.
  const amount = (value: unknown) => (typeof value === 'number' ? i18n.format().money(value) : String(value));
  return (
    <div class="price-changes wide" role="status">
      <p>{i18n.t('costs.changeCount', props.changes.length)}</p>
      <ul>
        <For each={props.changes.slice(0, SHOWN)}>
          {({ kind, price }) => (
            <li>
              <b>{i18n.t(`costs.changeKinds.${kind}`)}</b> <span class="mono">{price.model}</span>{' '}
              <Show when={kind !== 'removed'}>
                <span class="quiet">{i18n.t('costs.inOut', amount(price.input), amount(price.output))}</span>
              </Show>
            </li>
          )}
        </For>
        <Show when={props.changes.length > SHOWN}>
          <li>{i18n.t('costs.moreChanges', props.changes.length - SHOWN)}</li>
        </Show>
      </ul>
    </div>
  );
}
