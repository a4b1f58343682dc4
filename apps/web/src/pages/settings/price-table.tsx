import type { ListedPrice } from '@batchdesk/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { PriceRow } from './price-row.tsx';
import { SettingsTable } from './settings-table.tsx';

interface PriceTableProps {
  prices: readonly ListedPrice[];
  onChange: (price: ListedPrice) => void;
  onRemove: (price: ListedPrice) => void;
}

/** Prices, one a row. */
export function PriceTable(props: PriceTableProps) {
  const i18n = useI18n();
  return (
    <SettingsTable
      caption={i18n.t('costs.pricesHint')}
      columns={[
        { name: i18n.t('costs.model') },
        { name: i18n.t('costs.priceInput'), isNumber: true },
        { name: i18n.t('costs.priceCached'), isNumber: true },
        { name: i18n.t('costs.priceOutput'), isNumber: true },
        { name: i18n.t('costs.share'), isNumber: true },
        { name: i18n.t('costs.since') },
        { name: i18n.t('costs.origin') },
      ]}
      rows={props.prices}
    >
      {(price) => (
        <PriceRow
          price={price}
          onChange={() => props.onChange(price)}
          onRemove={() => props.onRemove(price)}
        />
      )}
    </SettingsTable>
  );
}
