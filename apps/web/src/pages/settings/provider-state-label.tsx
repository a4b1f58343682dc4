import type { Health } from '@batchdesk/shared';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CirclePause from 'lucide-solid/icons/circle-pause';
import CircleX from 'lucide-solid/icons/circle-x';
import { Dynamic } from 'solid-js/web';
import { useI18n } from '../../i18n/i18n.tsx';
import { providerState } from './provider-state.ts';

const LOOKS = {
  ready: { tone: 'success', sign: CircleCheck },
  trouble: { tone: 'waiting', sign: CircleAlert },
  paused: { tone: 'failure', sign: CirclePause },
  no_key: { tone: 'failure', sign: CircleX },
} as const;

/** Whether batches can be sent. Why not, and the button to try now, are in the notice above each page. */
export function ProviderStateLabel(props: { provider: Health['provider'] }) {
  const i18n = useI18n();
  const state = () => providerState(props.provider);
  const text = () => {
    const since = props.provider.paused?.since ?? props.provider.trouble?.since;
    const name = state();
    return name === 'paused' || name === 'trouble'
      ? i18n.t(`settings.states.${name}`, i18n.format().date(since ?? 0))
      : i18n.t(`settings.states.${name}`);
  };
  return (
    <span class={`status tone-${LOOKS[state()].tone}`}>
      <Dynamic component={LOOKS[state()].sign} aria-hidden="true" />
      {text()}
    </span>
  );
}
