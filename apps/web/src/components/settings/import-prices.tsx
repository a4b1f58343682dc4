import { For, Show, createMemo, createSignal } from 'solid-js';
import type { Failure } from '../../api/failure.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { nameElements } from '../../settings/name-elements.ts';
import { findChanges, mergePrices, ownPrices } from '../../settings/price-list.ts';
import { readPriceFile } from '../../settings/read-price-file.ts';
import type { PriceFile, PriceFileProblem } from '../../settings/read-price-file.ts';
import type { Prices } from '../../state/create-prices.ts';
import { FailureNotice } from '../failure-notice.tsx';
import { Field } from '../field.tsx';
import { Modal } from './modal.tsx';

/** Changes shown; a file can have thousands. */
const SHOWN = 50;

interface ImportPricesProps {
  prices: Prices;
  onDone: (sentence: string) => void;
  onClosed: () => void;
}

/** Takes prices from a file, after showing what they change. */
export function ImportPrices(props: ImportPricesProps) {
  const i18n = useI18n();
  const [file, setFile] = createSignal<PriceFile | null>(null);
  const [problem, setProblem] = createSignal<PriceFileProblem | null>(null);
  const [replaces, setReplaces] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [isSaving, setSaving] = createSignal(false);
  const changes = createMemo(() => {
    const { prices: imported } = file() ?? {};
    const listed = props.prices.state.list?.prices ?? [];
    if (!imported) return [];
    return findChanges(listed, replaces() ? imported : mergePrices(ownPrices(listed), imported));
  });
  const problemText = () => {
    const found = problem();
    if (!found) return null;
    return found.kind === 'no_model'
      ? i18n.t().elementWithoutModel(found.element)
      : i18n.t().fileProblems[found.kind];
  };

  async function choose(chosen: File | undefined): Promise<void> {
    setFailure(null);
    setFile(null);
    setProblem(null);
    if (!chosen) return;
    const read = readPriceFile(await chosen.text());
    if ('problem' in read) setProblem(read.problem);
    else setFile(read);
  }

  async function submit(event: SubmitEvent, close: () => void): Promise<void> {
    event.preventDefault();
    const read = file();
    if (isSaving() || !read || changes().length === 0) return;
    const { length } = changes();
    const isWhole = replaces();
    setSaving(true);
    const refused = await props.prices.change((own) =>
      isWhole ? read.prices : mergePrices(own, read.prices),
    );
    setSaving(false);
    setFailure(refused && nameElements(refused, read, i18n.t().elementAt));
    if (refused) return;
    props.onDone(i18n.t().imported(length));
    close();
  }

  return (
    <Modal id="import" title={i18n.t().importPrices} onClosed={props.onClosed}>
      {(close) => (
        <form class="price-fields" noValidate onSubmit={(event) => void submit(event, close)}>
          <Field
            wide
            id="import-file"
            label={i18n.t().priceFile}
            hint={i18n.t().priceFileHint}
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
            <label class="choice">
              <input
                type="checkbox"
                checked={replaces()}
                onChange={(event) => setReplaces(event.currentTarget.checked)}
              />
              <span>{i18n.t().replaceAll}</span>
            </label>
            <div class="changes" role="status">
              <p>{i18n.t().changeCount(changes().length)}</p>
              <ul>
                <For each={changes().slice(0, SHOWN)}>
                  {({ kind, price }) => (
                    <li>
                      <b>{i18n.t().changeKinds[kind]}</b> <span class="mono">{price.model}</span>{' '}
                      <Show when={kind !== 'removed'}>
                        {i18n.t().inOut(amount(price.input), amount(price.output))}
                      </Show>
                    </li>
                  )}
                </For>
                <Show when={changes().length > SHOWN}>
                  <li>{i18n.t().moreChanges(changes().length - SHOWN)}</li>
                </Show>
              </ul>
            </div>
          </Show>
          <Show when={failure()}>{(refused) => <FailureNotice failure={refused()} />}</Show>
          <div class="form-end">
            <button type="submit" class="primary" aria-disabled={isSaving() || changes().length === 0}>
              {i18n.t().importNow}
            </button>
            <button type="button" onClick={close}>
              {i18n.t().dismiss}
            </button>
          </div>
        </form>
      )}
    </Modal>
  );

  /** What the server has not checked yet may be anything. */
  function amount(value: unknown): string {
    return typeof value === 'number' ? i18n.money(value) : String(value);
  }
}
