import { For, Show } from 'solid-js';
import { useI18n } from '../../../i18n/i18n.tsx';
import type { Vector } from './read/body-view.ts';
import { drawLine } from './read/read-vectors.ts';

const SIZE = { width: 512, height: 64 };

/** Embeddings: how many numbers each has, and their line. */
export function Vectors(props: { vectors: readonly Vector[]; count: number }) {
  const i18n = useI18n();
  return (
    <ul class="vectors">
      <For each={props.vectors}>
        {(vector) => (
          <li>
            <p>{i18n.t('requests.vectorSize', vector.size)}</p>
            <svg
              class="sparkline"
              viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
              preserveAspectRatio="none"
              aria-hidden="true"
            >
              <path class="sparkline-zero" d={`M0 ${SIZE.height / 2}H${SIZE.width}`} />
              <path class="sparkline-line" d={drawLine(vector.values, SIZE)} />
            </svg>
            <Show when={vector.size > vector.values.length && vector.values.length > 0}>
              <p class="quiet small">{i18n.t('requests.firstNumbers', vector.values.length)}</p>
            </Show>
          </li>
        )}
      </For>
      <Show when={props.count > props.vectors.length}>
        <li class="quiet small">{i18n.t('requests.moreVectors', props.count - props.vectors.length)}</li>
      </Show>
    </ul>
  );
}
