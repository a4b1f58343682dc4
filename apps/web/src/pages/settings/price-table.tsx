import type { ListedPrice } from '@batchdesk/shared';
import { For } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import { PriceRow } from './price-row.tsx';

interface PriceTableProps {
  prices: readonly ListedPrice[];
  onChange: (price: ListedPrice) => void;
  onRemove: (price: ListedPrice) => void;
}

/** The columns of a price, and whether they are numbers. */
const COLUMNS = [
  ['model', false],
  ['priceInput', true],
  ['priceCached', true],
  ['priceOutput', true],
  ['share', true],
  ['since', false],
  ['origin', false],
] as const;

/** Prices, one a row. */
export function PriceTable(props: PriceTableProps) {
  const i18n = useI18n();
  return (
    <div class="table-place">
      <table class="table table-cards">
        <caption class="visually-hidden">{i18n.t('costs.pricesHint')}</caption>
        <thead>
          <tr>
            <For each={COLUMNS}>
              {([column, isNumber]) => (
                <th scope="col" class={isNumber ? 'number' : ''}>
                  {i18n.t(`costs.${column}`)}
                </th>
              )}
            </For>
            <th scope="col">
              <span class="visually-hidden">{i18n.t('costs.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
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
    </div>
  );
}
