import type { ListedPrice } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';

interface PriceTableProps {
  prices: ListedPrice[];
  onChange: (price: ListedPrice) => void;
  onRemove: (price: ListedPrice) => void;
}

const COLUMNS = ['model', 'priceInput', 'priceCached', 'priceOutput', 'share', 'since', 'origin'] as const;

/** All prices, one a row. The roles say what the elements are even where they are laid out as a card. */
export function PriceTable(props: PriceTableProps) {
  const i18n = useI18n();
  return (
    <table role="table" class="prices">
      <caption class="visually-hidden">{i18n.t().pricesHint}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <For each={[...COLUMNS, 'actions'] as const}>
            {(column) => (
              <th role="columnheader" scope="col" class={`head-${column}`}>
                {i18n.t()[column]}
              </th>
            )}
          </For>
        </tr>
      </thead>
      <tbody role="rowgroup">
        <For each={props.prices}>
          {(price) => (
            <PriceRow
              price={price}
              onChange={() => props.onChange(price)}
              onRemove={() => props.onRemove(price)}
            />
          )}
        </For>
      </tbody>
    </table>
  );
}

interface PriceRowProps {
  price: ListedPrice;
  onChange: () => void;
  onRemove: () => void;
}

function PriceRow(props: PriceRowProps) {
  const i18n = useI18n();
  const isOwn = () => props.price.source === 'own';
  return (
    <tr role="row" classList={{ own: isOwn() }}>
      <th role="rowheader" scope="row" class="cell-model">
        <span class="mono">{props.price.model}</span>
        <Show when={props.price.long_context}>
          {(tier) => (
            <span class="quiet">
              {i18n
                .t()
                .longContext(
                  tier().above_input_tokens,
                  i18n.number(tier().input_multiplier),
                  i18n.number(tier().output_multiplier),
                )}
            </span>
          )}
        </Show>
      </th>
      <Amount label={i18n.t().priceInput} dollars={props.price.input} />
      <Amount label={i18n.t().priceCached} dollars={props.price.cached_input} />
      <Amount label={i18n.t().priceOutput} dollars={props.price.output} />
      <td role="cell" class="cell-amount">
        <Label text={i18n.t().share} />
        {i18n.share(props.price.batch_share)}
      </td>
      <td role="cell" class="cell-since">
        <Label text={i18n.t().since} />
        <Show when={props.price.effective_from} fallback={<span class="quiet">{i18n.t().always}</span>}>
          {(day) => <time datetime={day()}>{i18n.day(day())}</time>}
        </Show>
      </td>
      <td role="cell" class="cell-origin">
        <Label text={i18n.t().origin} />
        {i18n.t().origins[props.price.source]}
      </td>
      <td role="cell" class="cell-actions">
        <div class="row-actions">
          <button type="button" class="plain" onClick={() => props.onChange()}>
            {i18n.t().change} <span class="visually-hidden">{props.price.model}</span>
          </button>
          <Show when={isOwn()}>
            <button type="button" class="plain" onClick={() => props.onRemove()}>
              {i18n.t().remove} <span class="visually-hidden">{props.price.model}</span>
            </button>
          </Show>
        </div>
      </td>
    </tr>
  );
}

function Amount(props: { label: string; dollars: number | null }) {
  const i18n = useI18n();
  return (
    <td role="cell" class="cell-amount">
      <Label text={props.label} />
      <Show when={props.dollars !== null} fallback={<span class="quiet">{i18n.t().likeInput}</span>}>
        {i18n.money(props.dollars ?? 0)}
      </Show>
    </td>
  );
}

/** Says again what the column says, where columns have no heads to be seen. */
function Label(props: { text: string }) {
  return (
    <span class="cell-label" aria-hidden="true">
      {props.text}{' '}
    </span>
  );
}
