import { Show } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import type { InputState } from './create-input.ts';

/** How far the making or checking of an input is. */
export function WorkProgress(props: { state: InputState; onStop: () => void }) {
  const i18n = useI18n();
  const label = () => i18n.t(props.state.status === 'building' ? 'create.building' : 'create.checking');
  return (
    <div class="stack">
      <div class="row">
        <span>{label()}…</span>
        <Show when={props.state.progress}>
          {(progress) => (
            <span class="quiet">
              {i18n.t(
                'create.bytesOf',
                i18n.format().bytes(progress().bytes),
                i18n.format().bytes(progress().totalBytes),
              )}
            </span>
          )}
        </Show>
        <button type="button" class="link-button row-end" onClick={() => props.onStop()}>
          {i18n.t('create.stop')}
        </button>
      </div>
      <progress
        class="create-progress"
        aria-label={label()}
        max="1"
        value={
          props.state.progress ? props.state.progress.bytes / Math.max(1, props.state.progress.totalBytes) : 0
        }
      />
      <Show when={props.state.progress}>
        {(progress) => (
          <p class="quiet small">{i18n.t('create.soFar', progress().requests, progress().issues)}</p>
        )}
      </Show>
    </div>
  );
}
