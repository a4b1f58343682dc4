import type { ListedPrice } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';

interface PriceRowProps {
  price: ListedPrice;
  onChange: () => void;
  onRemove: () => void;
}

/** One price. */
export function PriceRow(props: PriceRowProps) {
  const i18n = useI18n();
  const isOwn = () => props.price.source === 'own';
  return (
    <tr>
      <th scope="row" class="model-name">
        <span class="mono">{props.price.model}</span>
        <Show when={props.price.long_context}>
          {(tier) => (
            <span class="quiet small">
              {i18n.t(
                'costs.longContext',
                tier().above_input_tokens,
                i18n.format().number(tier().input_multiplier),
                i18n.format().number(tier().output_multiplier),
              )}
            </span>
          )}
        </Show>
      </th>
      <Amount label={i18n.t('costs.priceInput')} dollars={props.price.input} />
      <Amount label={i18n.t('costs.priceCached')} dollars={props.price.cached_input} />
      <Amount label={i18n.t('costs.priceOutput')} dollars={props.price.output} />
      <td class="number" data-label={i18n.t('costs.share')}>
        {i18n.format().share(props.price.batch_share)}
      </td>
      <td class="price-since" data-label={i18n.t('costs.since')}>
        <Show
          when={props.price.effective_from}
          fallback={<span class="quiet">{i18n.t('costs.always')}</span>}
        >
          {(day) => <time dateTime={day()}>{i18n.format().day(day())}</time>}
        </Show>
      </td>
      <td class="price-origin" data-label={i18n.t('costs.origin')}>
        <span class={isOwn() ? 'price-own' : 'quiet'}>{i18n.t(`costs.origins.${props.price.source}`)}</span>
      </td>
      <td>
        <div class="row-links">
          <Show when={isOwn()}>
            <button type="button" class="link-button" onClick={() => props.onRemove()}>
              {i18n.t('costs.remove')} <span class="visually-hidden">{props.price.model}</span>
            </button>
          </Show>
          <button type="button" class="link-button" onClick={() => props.onChange()}>
            {i18n.t('costs.change')} <span class="visually-hidden">{props.price.model}</span>
          </button>
        </div>
      </td>
    </tr>
  );
}

function Amount(props: { label: string; dollars: number | null }) {
  const i18n = useI18n();
  return (
    <td class="number" data-label={props.label}>
      <Show when={props.dollars !== null} fallback={<span class="quiet">{i18n.t('costs.likeInput')}</span>}>
        {i18n.format().money(props.dollars ?? 0)}
      </Show>
    </td>
  );
}
