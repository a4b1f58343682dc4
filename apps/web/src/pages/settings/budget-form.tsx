import type { BudgetInput, BudgetState } from '@batchdesk/shared';
import { For, Show, createSignal, untrack } from 'solid-js';
import { createStore } from 'solid-js/store';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { toast } from '../../state/toasts.ts';
import { readBudgetFields, toBudgetFields } from './budget-fields.ts';
import type { BudgetProblems } from './budget-fields.ts';
import { createSaving } from './create-saving.ts';
import { DecimalField } from './decimal-field.tsx';

interface BudgetFormProps {
  /** What it holds at first; what is typed is kept while the page reads the budget anew. */
  initial: BudgetState | null;
}

/** Sets the budget of each month, or takes it away. */
export function BudgetForm(props: BudgetFormProps) {
  const i18n = useI18n();
  const app = useApp();
  const saving = createSaving();
  const initial = untrack(() => props.initial);
  const [fields, setFields] = createStore(toBudgetFields(initial, i18n.language()));
  const [problems, setProblems] = createSignal<BudgetProblems>({});
  const problemOf = (name: keyof BudgetProblems) => {
    const problem = problems()[name];
    return problem ? i18n.t(`costs.${problem}`) : null;
  };

  async function save(budget: BudgetInput | null): Promise<void> {
    const saved = await saving.save(() => app.api.budget.set.mutate({ budget }));
    if (!saved) return;
    app.client.setQueryData(app.queries.budget().queryKey, saved.done);
    if (!budget) setFields('limit', '');
    await toast(i18n.t(budget ? 'costs.budgetSaved' : 'costs.budgetRemoved'));
  }

  function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }): void {
    event.preventDefault();
    const read = readBudgetFields(fields);
    setProblems('problems' in read ? read.problems : {});
    if ('budget' in read) void save(read.budget);
    else event.currentTarget.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  return (
    <form class="fields settings-form" noValidate onSubmit={submit}>
      <DecimalField
        id="budget-limit"
        label={i18n.t('costs.budgetLimit')}
        required
        value={fields.limit}
        problem={problemOf('limit')}
        onInput={(limit) => setFields({ limit })}
      />
      <DecimalField
        id="budget-warn"
        label={i18n.t('costs.budgetWarn')}
        required
        value={fields.warnAt}
        problem={problemOf('warnAt')}
        onInput={(warnAt) => setFields({ warnAt })}
      />
      <fieldset class="choices wide">
        <legend>{i18n.t('costs.atLimit')}</legend>
        <For each={['hold', 'warn'] as const}>
          {(choice) => (
            <label class="check">
              <input
                type="radio"
                name="at-limit"
                checked={fields.atLimit === choice}
                onChange={() => setFields({ atLimit: choice })}
              />
              {i18n.t(`costs.atLimits.${choice}`)}
            </label>
          )}
        </For>
      </fieldset>
      <Show when={saving.failure()}>
        {(failure) => (
          <div class="wide">
            <FailureNotice failure={failure()} />
          </div>
        )}
      </Show>
      <div class="row wide">
        <button type="submit" class="primary" aria-disabled={saving.isSaving()}>
          {i18n.t('common.save')}
        </button>
        <Show when={props.initial}>
          <button type="button" aria-disabled={saving.isSaving()} onClick={() => void save(null)}>
            {i18n.t('costs.removeBudget')}
          </button>
        </Show>
      </div>
    </form>
  );
}
