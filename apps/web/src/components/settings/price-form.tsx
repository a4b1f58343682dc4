import type { Price } from '@batchdesk/shared';
import { Show, createSignal, untrack } from 'solid-js';
import { createStore } from 'solid-js/store';
import type { Failure } from '../../api/failure.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { readFields, toFields } from '../../settings/price-fields.ts';
import type { PriceFields, PriceProblems } from '../../settings/price-fields.ts';
import { withPrice } from '../../settings/price-list.ts';
import type { Prices } from '../../state/create-prices.ts';
import { FailureNotice } from '../failure-notice.tsx';
import { Field } from '../field.tsx';
import { DecimalField } from './decimal-field.tsx';
import { Modal } from './modal.tsx';

interface PriceFormProps {
  /** The price to change; null for a new one. */
  initial: Price | null;
  prices: Prices;
  onDone: (sentence: string) => void;
  onClosed: () => void;
}

/** Adds a price, or changes one: of a built-in one this makes one's own. */
export function PriceForm(props: PriceFormProps) {
  const i18n = useI18n();
  const initial = untrack(() => props.initial);
  const [fields, setFields] = createStore(toFields(initial, i18n.language()));
  const [problems, setProblems] = createSignal<PriceProblems>({});
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [isSaving, setSaving] = createSignal(false);
  const problemOf = (name: keyof PriceFields) => {
    const problem = problems()[name];
    return problem ? i18n.t().priceProblems[problem] : null;
  };

  async function submit(event: SubmitEvent, close: () => void): Promise<void> {
    event.preventDefault();
    if (isSaving()) return;
    const read = readFields(fields);
    setProblems('problems' in read ? read.problems : {});
    if ('problems' in read) {
      document.querySelector<HTMLElement>('#price-form [aria-invalid="true"]')?.focus();
      return;
    }
    setSaving(true);
    const refused = await props.prices.change((own) => withPrice(own, read.price, initial));
    setSaving(false);
    setFailure(refused);
    if (refused) return;
    props.onDone(i18n.t().priceSaved(read.price.model));
    close();
  }

  function decimal(name: keyof PriceFields, label: string, aside?: string) {
    return (
      <DecimalField
        id={`price-${name}`}
        label={label}
        aside={aside}
        required={aside === undefined}
        value={fields[name]}
        problem={problemOf(name)}
        onInput={(text) => setFields(name, text)}
      />
    );
  }

  return (
    <Modal
      id="price-form"
      title={initial ? i18n.t().changePriceOf(initial.model) : i18n.t().addPrice}
      onClosed={props.onClosed}
    >
      {(close) => (
        <form class="price-fields" noValidate onSubmit={(event) => void submit(event, close)}>
          <Field
            id="price-model"
            wide
            label={i18n.t().model}
            hint={i18n.t().modelHint}
            problem={problemOf('model')}
          >
            <input
              id="price-model"
              class="mono"
              autocomplete="off"
              spellcheck={false}
              maxLength={200}
              aria-required="true"
              aria-invalid={Boolean(problemOf('model'))}
              aria-describedby="price-model-hint price-model-problem"
              value={fields.model}
              onInput={(event) => setFields('model', event.currentTarget.value)}
            />
          </Field>
          <p class="quiet">{i18n.t().perMillion}</p>
          {decimal('input', i18n.t().priceInput)}
          {decimal('cached', i18n.t().priceCached, i18n.t().optional)}
          {decimal('output', i18n.t().priceOutput)}
          {decimal('share', i18n.t().sharePercent)}
          <Field id="price-since" wide label={i18n.t().sinceDay} aside={i18n.t().optional}>
            <input
              id="price-since"
              type="date"
              value={fields.since}
              onInput={(event) => setFields('since', event.currentTarget.value)}
            />
          </Field>
          <details open={fields.above !== ''}>
            <summary>{i18n.t().longInputs}</summary>
            <div class="price-fields">
              {decimal('above', i18n.t().aboveTokens, i18n.t().optional)}
              {decimal('inputTimes', i18n.t().inputTimes, i18n.t().optional)}
              {decimal('outputTimes', i18n.t().outputTimes, i18n.t().optional)}
            </div>
          </details>
          <Show when={failure()}>{(refused) => <FailureNotice failure={refused()} />}</Show>
          <div class="form-end">
            <button type="submit" class="primary" aria-disabled={isSaving()}>
              {i18n.t().save}
            </button>
            <button type="button" onClick={close}>
              {i18n.t().dismiss}
            </button>
          </div>
        </form>
      )}
    </Modal>
  );
}
