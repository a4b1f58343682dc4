import type { ListedPrice } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { ImportPrices } from './import-prices.tsx';
import { PriceForm } from './price-form.tsx';
import { RecostBatches } from './recost-batches.tsx';
import { RemovePrice } from './remove-price.tsx';

/** What is being done with prices. */
export type PriceTask =
  | { kind: 'add' | 'import' | 'recost' }
  | { kind: 'change' | 'remove'; price: ListedPrice };

interface PriceDialogsProps {
  task: PriceTask | null;
  listed: readonly ListedPrice[];
  onClose: () => void;
}

/** The window of what is being done with prices. */
export function PriceDialogs(props: PriceDialogsProps) {
  function dialogFor(task: PriceTask) {
    const onClose = () => props.onClose();
    switch (task.kind) {
      case 'add':
        return <PriceForm initial={null} onClose={onClose} />;
      case 'change':
        return <PriceForm initial={task.price} onClose={onClose} />;
      case 'remove':
        return <RemovePrice price={task.price} onRemoved={focusHeading} onClose={onClose} />;
      case 'import':
        return <ImportPrices listed={props.listed} onClose={onClose} />;
      case 'recost':
        return <RecostBatches onClose={onClose} />;
    }
  }
  return (
    <Show when={props.task} keyed>
      {dialogFor}
    </Show>
  );
}

/** The button that had the focus is gone with the price. */
function focusHeading(): void {
  document.querySelector<HTMLElement>('#settings-part')?.focus();
}
