import { For, Show, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { LineIndex } from '../../create/line-index.ts';
import { readLines } from '../../create/read-lines.ts';
import type { ShownLine } from '../../create/read-lines.ts';
import { useI18n } from '../../i18n/i18n.tsx';

/** Lines before and behind. */
const AROUND = 2;

/** A line of an input with what is around it. */
export function LinesAround(props: { blob: Blob; index: LineIndex; line: number }) {
  const i18n = useI18n();
  const [lines, setLines] = createSignal<ShownLine[] | 'unreadable'>([]);
  let call = new AbortController();
  onCleanup(() => call.abort());

  async function read(line: number): Promise<void> {
    call.abort();
    call = new AbortController();
    const { signal } = call;
    const fromLine = Math.max(1, line - AROUND);
    try {
      setLines(
        await readLines(props.blob, props.index, { fromLine, count: line + AROUND + 1 - fromLine, signal }),
      );
    } catch {
      if (!signal.aborted) setLines('unreadable');
    }
  }

  createEffect(
    on(
      () => props.line,
      (line) => void read(line),
    ),
  );

  return (
    <Show
      when={lines() !== 'unreadable'}
      fallback={<p class="problem">{i18n.t('create.problems.file_unreadable')}</p>}
    >
      <pre class="lines-around" tabIndex={0} role="region" aria-label={i18n.t('create.showLine', props.line)}>
        <For each={lines() as ShownLine[]}>
          {({ line, text, isCut }) => (
            <span class={`line-around${line === props.line ? ' is-meant' : ''}`}>
              <span class="line-number">{line}</span>
              <span>
                <Show when={line === props.line} fallback={text}>
                  <mark>{text === '' ? ' ' : text}</mark>
                </Show>
                <Show when={isCut}>
                  <i class="quiet"> … {i18n.t('create.lineCut')}</i>
                </Show>
              </span>
            </span>
          )}
        </For>
      </pre>
    </Show>
  );
}
