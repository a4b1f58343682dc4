import X from 'lucide-solid/icons/x';
import { Index, Show } from 'solid-js';
import { LIMITS } from '@batchdesk/shared';
import { IconButton } from '../../components/icon-button.tsx';
import type { MetadataPair } from '../../create/draft.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { useForm } from './form-context.tsx';
import { controlId } from './form-field.tsx';

/** Pairs of metadata. */
export function MetadataFields() {
  const i18n = useI18n();
  const form = useForm();
  const { draft } = form;
  const pairs = () => draft.fields.metadata;
  const problem = () => form.problemOf('metadata');
  let list: HTMLDivElement | undefined;

  function change(index: number, changes: Partial<MetadataPair>): void {
    draft.set({ metadata: pairs().with(index, { ...pairs()[index]!, ...changes }) });
  }

  function add(): void {
    draft.set({ metadata: [...pairs(), { key: '', value: '' }] });
    list?.querySelector<HTMLInputElement>('.pair:last-of-type input')?.focus();
  }

  function remove(index: number): void {
    draft.set({ metadata: pairs().filter((_, at) => at !== index) });
    document.querySelector<HTMLElement>('#create-add-pair')?.focus();
  }

  return (
    <fieldset
      class="group"
      id={controlId('metadata')}
      tabIndex={-1}
      aria-describedby={`metadata-hint${problem() ? ' metadata-problem' : ''}`}
    >
      <legend>{i18n.t('create.metadata')}</legend>
      <div ref={(element) => (list = element)} class="pairs">
        <Index each={pairs()}>
          {(pair, index) => (
            <div class="pair">
              <input
                aria-label={i18n.t('create.pairAt', i18n.t('create.metadataKey'), index + 1)}
                placeholder={i18n.t('create.metadataKey')}
                autocomplete="off"
                aria-invalid={problem() !== null}
                value={pair().key}
                onInput={(event) => change(index, { key: event.currentTarget.value })}
              />
              <input
                aria-label={i18n.t('create.pairAt', i18n.t('create.metadataValue'), index + 1)}
                placeholder={i18n.t('create.metadataValue')}
                autocomplete="off"
                aria-invalid={problem() !== null}
                value={pair().value}
                onInput={(event) => change(index, { value: event.currentTarget.value })}
              />
              <IconButton label={i18n.t('create.removePair', index + 1)} onClick={() => remove(index)}>
                <X aria-hidden="true" />
              </IconButton>
            </div>
          )}
        </Index>
      </div>
      <Show when={pairs().length < LIMITS.metadataPairs}>
        <button type="button" id="create-add-pair" class="row-start" onClick={add}>
          {i18n.t('create.addPair')}
        </button>
      </Show>
      <p class="quiet" id="metadata-hint">
        {i18n.t('create.metadataHint')}
      </p>
      <Show when={problem()}>
        {(key) => (
          <p class="problem" id="metadata-problem">
            {i18n.t(`create.problems.${key()}`)}
          </p>
        )}
      </Show>
    </fieldset>
  );
}
