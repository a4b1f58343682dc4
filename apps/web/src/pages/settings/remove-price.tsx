import type { Price } from '@batchdesk/shared';
import { untrack } from 'solid-js';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { toastWhile } from '../../state/toasts.ts';
import { changePrices } from './change-prices.ts';
import { withoutPrice } from './price-list.ts';

interface RemovePriceProps {
  price: Price;
  onRemoved: () => void;
  onClose: () => void;
}

/** Removes a price of one's own after asking. */
export function RemovePrice(props: RemovePriceProps) {
  const i18n = useI18n();
  const app = useApp();
  const price = untrack(() => ({ ...props.price })); // the row may be gone before the question is
  const { onRemoved } = untrack(() => ({ onRemoved: props.onRemoved }));

  async function remove(): Promise<void> {
    const removed = await toastWhile(
      changePrices(app, (own) => withoutPrice(own, price)),
      {
        pending: i18n.t('costs.removingPrice', price.model),
        done: () => i18n.t('costs.priceRemoved', price.model),
        failed: i18n.failure,
      },
    );
    if ('done' in removed) onRemoved();
  }

  return (
    <ConfirmDialog
      isOpen
      title={i18n.t('costs.removePriceOf', price.model)}
      action={i18n.t('costs.remove')}
      isDangerous
      onConfirm={() => void remove()}
      onClose={() => props.onClose()}
    >
      <p>{i18n.t('costs.removePriceHint')}</p>
    </ConfirmDialog>
  );
}
