import { useI18n } from '../i18n/i18n.tsx';
import { useApp } from '../state/app-state.tsx';

/** Says how the page learns what changes; a click pauses that, or goes on. */
export function LiveChip() {
  const i18n = useI18n();
  const app = useApp();
  const state = () =>
    app.live.state() !== 'paused' && app.unreachableSince() !== null ? 'offline' : app.live.state();
  return (
    <button
      type="button"
      class={`live-chip live-${state()}`}
      aria-description={i18n.t(`shell.liveHint.${state()}`)}
      title={i18n.t(`shell.liveHint.${state()}`)}
      onClick={() => (state() === 'paused' ? app.live.start() : app.live.pause())}
    >
      {i18n.t(`shell.live.${state()}`)}
    </button>
  );
}
