import type { Price } from '@batchdesk/shared';
import { Show, createSignal, untrack } from 'solid-js';
import type { Failure } from '../../api/failure.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { withoutPrice } from '../../settings/price-list.ts';
import type { Prices } from '../../state/create-prices.ts';
import { FailureNotice } from '../failure-notice.tsx';
import { Modal } from './modal.tsx';

interface RemovePriceProps {
  price: Price;
  prices: Prices;
  onDone: (sentence: string) => void;
  onClosed: () => void;
}

/** Removes a price of one's own after asking. */
export function RemovePrice(props: RemovePriceProps) {
  const i18n = useI18n();
  const price = untrack(() => ({ ...props.price })); // the row is gone before the dialog is
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [isSaving, setSaving] = createSignal(false);

  async function remove(close: () => void): Promise<void> {
    if (isSaving()) return;
    setSaving(true);
    const refused = await props.prices.change((own) => withoutPrice(own, price));
    setSaving(false);
    setFailure(refused);
    if (refused) return;
    props.onDone(i18n.t().priceRemoved(price.model));
    close();
  }

  return (
    <Modal id="remove-price" title={i18n.t().removePriceOf(price.model)} onClosed={props.onClosed}>
      {(close) => (
        <>
          <p>{i18n.t().removePriceHint}</p>
          <Show when={failure()}>{(refused) => <FailureNotice failure={refused()} />}</Show>
          <div class="form-end">
            <button
              type="button"
              class="danger"
              aria-disabled={isSaving()}
              onClick={() => void remove(close)}
            >
              {i18n.t().remove}
            </button>
            <button type="button" onClick={close}>
              {i18n.t().dismiss}
            </button>
          </div>
        </>
      )}
    </Modal>
  );
}
