import type { BudgetInput, BudgetState } from '@batchdesk/shared';
import { For, Show, createSignal, untrack } from 'solid-js';
import { createStore } from 'solid-js/store';
import type { Failure } from '../../api/failure.ts';
import { readDecimal, writeDecimal } from '../../format/decimal.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Dashboard } from '../../state/create-dashboard.ts';
import { useAnnounce } from '../announcer.tsx';
import { FailureNotice } from '../failure-notice.tsx';
import { DecimalField } from './decimal-field.tsx';

const PERCENT = 100;
const WARN_AT = 0.8;

interface BudgetFormProps {
  /** What it holds at first; what is typed is kept while the page reads the budget anew. */
  initial: BudgetState | null;
  dashboard: Dashboard;
}

/** Sets the budget of each month, or takes it away. */
export function BudgetForm(props: BudgetFormProps) {
  const i18n = useI18n();
  const announce = useAnnounce();
  const initial = untrack(() => props.initial);
  const [fields, setFields] = createStore({
    limit: initial ? writeDecimal(initial.limit, i18n.language()) : '',
    warnAt: writeDecimal(Number(((initial?.warn_at ?? WARN_AT) * PERCENT).toFixed(2)), i18n.language()),
    atLimit: initial?.at_limit ?? 'hold',
  });
  const [isChecked, setChecked] = createSignal(false);
  const [isSaving, setSaving] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [said, setSaid] = createSignal('');

  const limitProblem = () => (readDecimal(fields.limit) > 0 ? null : i18n.t().noLimit);
  const warnProblem = () => {
    const percent = readDecimal(fields.warnAt);
    return percent > 0 && percent <= PERCENT ? null : i18n.t().noShare;
  };

  async function save(budget: BudgetInput | null): Promise<void> {
    if (isSaving()) return;
    setSaving(true);
    setSaid('');
    const answer = await props.dashboard.setBudget(budget);
    setSaving(false);
    setFailure('failure' in answer ? answer.failure : null);
    if ('failure' in answer) return;
    setSaid(budget ? i18n.t().budgetSaved : i18n.t().budgetRemoved);
    announce(said());
    setChecked(false);
    if (!budget) setFields('limit', '');
  }

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    setChecked(true);
    if (limitProblem() || warnProblem()) {
      document.querySelector<HTMLElement>(limitProblem() ? '#budget-limit' : '#budget-warn')?.focus();
      return;
    }
    void save({
      limit: readDecimal(fields.limit),
      warn_at: readDecimal(fields.warnAt) / PERCENT,
      at_limit: fields.atLimit,
    });
  }

  return (
    <form class="budget-form" noValidate onSubmit={submit}>
      <DecimalField
        id="budget-limit"
        label={i18n.t().budgetLimit}
        required
        value={fields.limit}
        problem={isChecked() ? limitProblem() : null}
        onInput={(limit) => setFields({ limit })}
      />
      <DecimalField
        id="budget-warn"
        label={i18n.t().budgetWarn}
        required
        value={fields.warnAt}
        problem={isChecked() ? warnProblem() : null}
        onInput={(warnAt) => setFields({ warnAt })}
      />
      <fieldset>
        <legend>{i18n.t().atLimit}</legend>
        <For each={['hold', 'warn'] as const}>
          {(choice) => (
            <label class="choice">
              <input
                type="radio"
                name="at-limit"
                checked={fields.atLimit === choice}
                onChange={() => setFields({ atLimit: choice })}
              />
              <span>{i18n.t().atLimits[choice]}</span>
            </label>
          )}
        </For>
      </fieldset>
      <Show when={failure()}>{(refused) => <FailureNotice failure={refused()} />}</Show>
      <div class="form-end">
        <button type="submit" class="primary" aria-disabled={isSaving()}>
          {i18n.t().save}
        </button>
        <Show when={props.initial}>
          <button type="button" aria-disabled={isSaving()} onClick={() => void save(null)}>
            {i18n.t().removeBudget}
          </button>
        </Show>
        <p class="success">{said()}</p>
      </div>
    </form>
  );
}
