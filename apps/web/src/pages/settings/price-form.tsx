import type { Price } from '@batchdesk/shared';
import { createSignal, untrack } from 'solid-js';
import { createStore } from 'solid-js/store';
import { Field } from '../../components/field.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { toast } from '../../state/toasts.ts';
import { changePrices } from './change-prices.ts';
import { createSaving } from './create-saving.ts';
import { DecimalField } from './decimal-field.tsx';
import { DialogForm } from './dialog-form.tsx';
import { ModelField } from './model-field.tsx';
import { readFields, toFields } from './price-fields.ts';
import type { PriceFields, PriceProblems } from './price-fields.ts';
import { withPrice } from './price-list.ts';

interface PriceFormProps {
  /** The price to change; null for a new one. */
  initial: Price | null;
  onClose: () => void;
}

/** Adds a price, or changes one: of a built-in one this makes one's own. */
export function PriceForm(props: PriceFormProps) {
  const i18n = useI18n();
  const app = useApp();
  const saving = createSaving();
  const initial = untrack(() => props.initial);
  const [fields, setFields] = createStore(toFields(initial, i18n.language()));
  const [problems, setProblems] = createSignal<PriceProblems>({});
  const problemOf = (name: keyof PriceFields) => {
    const problem = problems()[name];
    return problem ? i18n.t(`costs.priceProblems.${problem}`) : null;
  };

  async function save(): Promise<void> {
    const read = readFields(fields);
    setProblems('problems' in read ? read.problems : {});
    if ('problems' in read) return;
    const saved = await saving.save(() => changePrices(app, (own) => withPrice(own, read.price, initial)));
    if (!saved) return;
    props.onClose();
    await toast(i18n.t('costs.priceSaved', read.price.model));
  }

  function decimal(name: keyof PriceFields, label: string, isOptional = false) {
    return (
      <DecimalField
        id={`price-${name}`}
        label={label}
        aside={isOptional ? i18n.t('common.optional') : undefined}
        required={!isOptional}
        value={fields[name]}
        problem={problemOf(name)}
        onInput={(text) => setFields(name, text)}
      />
    );
  }

  return (
    <DialogForm
      title={initial ? i18n.t('costs.changePriceOf', initial.model) : i18n.t('costs.addPrice')}
      action={i18n.t('common.save')}
      saving={saving}
      onSubmit={() => void save()}
      onClose={() => props.onClose()}
    >
      <ModelField
        id="price-model"
        label={i18n.t('costs.model')}
        hint={i18n.t('costs.modelHint')}
        problem={problemOf('model')}
        value={fields.model}
        onInput={(model) => setFields({ model })}
      />
      <p class="quiet wide">{i18n.t('costs.perMillion')}</p>
      {decimal('input', i18n.t('costs.priceInput'))}
      {decimal('cached', i18n.t('costs.priceCached'), true)}
      {decimal('output', i18n.t('costs.priceOutput'))}
      {decimal('share', i18n.t('costs.sharePercent'))}
      <Field id="price-since" wide label={i18n.t('costs.sinceDay')} aside={i18n.t('common.optional')}>
        <input
          id="price-since"
          type="date"
          value={fields.since}
          onInput={(event) => setFields('since', event.currentTarget.value)}
        />
      </Field>
      <details class="wide" open={fields.above !== ''}>
        <summary>{i18n.t('costs.longInputs')}</summary>
        <div class="fields dialog-fields">
          {decimal('above', i18n.t('costs.aboveTokens'), true)}
          {decimal('inputTimes', i18n.t('costs.inputTimes'), true)}
          {decimal('outputTimes', i18n.t('costs.outputTimes'), true)}
        </div>
      </details>
    </DialogForm>
  );
}
