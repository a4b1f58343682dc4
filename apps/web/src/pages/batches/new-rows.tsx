import ArrowUp from 'lucide-solid/icons/arrow-up';
import { Show } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import type { JobList } from './create-job-list.ts';
import { PAGE } from './create-job-list.ts';

/** Says that there are newer rows, which come when they are asked for. */
export function NewRows(props: { list: JobList; onShow: () => void }) {
  const i18n = useI18n();
  const text = () => {
    const count = props.list.newCount();
    if (count >= PAGE) return i18n.t('batches.showManyNew', count);
    if (count > 0) return i18n.t('batches.showNew', count);
    return props.list.hasGone() ? i18n.t('batches.refresh') : undefined;
  };
  return (
    <div class="new-rows" role="status">
      <Show when={text()}>
        {(label) => (
          <button type="button" onClick={() => props.onShow()}>
            <ArrowUp aria-hidden="true" />
            {label()}
          </button>
        )}
      </Show>
    </div>
  );
}
