import { For } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';

/** Keeps the place of what is on its way. */
export function Skeleton(props: { lines: number }) {
  const i18n = useI18n();
  return (
    <div class="skeleton" role="status">
      <span class="visually-hidden">{i18n.t('common.loading')}</span>
      <For each={Array.from({ length: props.lines })}>{() => <span class="skeleton-line" />}</For>
    </div>
  );
}
