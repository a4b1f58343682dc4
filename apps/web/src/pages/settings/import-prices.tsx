import type { ListedPrice } from '@batchdesk/shared';
import { Show, createMemo, createSignal } from 'solid-js';
import { Field } from '../../components/field.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { toast } from '../../state/toasts.ts';
import { changePrices } from './change-prices.ts';
import { createSaving } from './create-saving.ts';
import { DialogForm } from './dialog-form.tsx';
import { nameElements } from './name-elements.ts';
import { PriceChanges } from './price-changes.tsx';
import { findChanges, mergePrices, ownPrices } from './price-list.ts';
import { readPriceFile } from './read-price-file.ts';
import type { PriceFile, PriceFileProblem } from './read-price-file.ts';

/** Takes prices from a file, after showing what they change. */
export function ImportPrices(props: { listed: readonly ListedPrice[]; onClose: () => void }) {
  const i18n = useI18n();
  const app = useApp();
  const saving = createSaving();
  const [file, setFile] = createSignal<PriceFile | null>(null);
  const [problem, setProblem] = createSignal<PriceFileProblem | null>(null);
  const [replaces, setReplaces] = createSignal(false);
  const changes = createMemo(() => {
    const { prices: imported } = file() ?? {};
    if (!imported) return [];
    return findChanges(props.listed, replaces() ? imported : mergePrices(ownPrices(props.listed), imported));
  });
  const problemText = () => {
    const found = problem();
    if (!found) return null;
    return found.kind === 'no_model'
      ? i18n.t('costs.elementWithoutModel', found.element)
      : i18n.t(`costs.fileProblems.${found.kind}`);
  };

  async function choose(chosen: File | undefined): Promise<void> {
    saving.setFailure(null);
    setFile(null);
    setProblem(null);
    if (!chosen) return;
    const read = readPriceFile(await chosen.text());
    if ('problem' in read) setProblem(read.problem);
    else setFile(read);
  }

  async function importFile(): Promise<void> {
    const read = file();
    const { length } = changes();
    if (!read || length === 0) return;
    const isWhole = replaces();
    const change = () => changePrices(app, (own) => (isWhole ? read.prices : mergePrices(own, read.prices)));
    const saved = await saving.save(change);
    if (!saved) {
      const failure = saving.failure();
      const nameOf = (element: number, model: string) => i18n.t('costs.elementAt', element, model);
      saving.setFailure(failure && nameElements(failure, read, nameOf));
      return;
    }
    props.onClose();
    await toast(i18n.t('costs.imported', length));
  }

  return (
    <DialogForm
      title={i18n.t('costs.importPrices')}
      action={i18n.t('costs.importNow')}
      saving={saving}
      isOff={changes().length === 0}
      onSubmit={() => void importFile()}
      onClose={() => props.onClose()}
    >
      <Field
        wide
        id="import-file"
        label={i18n.t('costs.priceFile')}
        hint={i18n.t('costs.priceFileHint')}
        problem={problemText()}
      >
        <input
          id="import-file"
          type="file"
          accept=".json,application/json"
          aria-invalid={problem() !== null}
          aria-describedby="import-file-hint import-file-problem"
          onChange={(event) => void choose(event.currentTarget.files?.[0])}
        />
      </Field>
      <Show when={file()}>
        <label class="check wide">
          <input
            type="checkbox"
            checked={replaces()}
            onChange={(event) => setReplaces(event.currentTarget.checked)}
          />
          {i18n.t('costs.replaceAll')}
        </label>
        <PriceChanges changes={changes()} />
      </Show>
    </DialogForm>
  );
}
