import { A } from '@solidjs/router';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import Clock from 'lucide-solid/icons/clock';
import { Index, Show, createSignal } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { jobName } from '../../format/job-name.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import { useApp } from '../../state/app-state.tsx';
import { describeAttention } from './describe-attention.ts';
import type { Attention } from './find-attention.ts';

/** Lines shown before one asks for all. */
const SHOWN = 6;

/** What somebody has to look at, a line each; one quiet line when there is nothing. */
export function AttentionList(props: { items: readonly Attention[] }) {
  const i18n = useI18n();
  const [isOpen, setIsOpen] = createSignal(false);
  const shown = () => (isOpen() ? props.items : props.items.slice(0, SHOWN));
  const hidden = () => props.items.length - shown().length;
  return (
    <section
      class={`overview-part${props.items.length === 0 ? ' is-quiet' : ''}`}
      aria-labelledby="attention"
    >
      <h2 id="attention" class={props.items.length === 0 ? 'visually-hidden' : ''}>
        {i18n.t('overview.attention')}
      </h2>
      <Show
        when={props.items.length > 0}
        fallback={<p class="quiet">{i18n.t('overview.nothingToAttend')}</p>}
      >
        <ul class="attention">
          <Index each={shown()}>{(item) => <AttentionItem item={item()} />}</Index>
        </ul>
        <Show when={hidden() > 0}>
          <button type="button" class="link-button attention-more" onClick={() => setIsOpen(true)}>
            {i18n.t('overview.moreToAttend', hidden())}
          </button>
        </Show>
      </Show>
    </section>
  );
}

function AttentionItem(props: { item: Attention }) {
  const i18n = useI18n();
  const app = useApp();
  const line = () => describeAttention(props.item, i18n, app.now());
  const job = () => ('job' in props.item ? props.item.job : undefined);
  const action = () => i18n.t(`overview.actions.${line().action}`);
  return (
    <li class={`attention-item tone-${line().tone}`}>
      <Dynamic component={line().tone === 'failure' ? CircleAlert : Clock} aria-hidden="true" />
      <p>
        <Show when={job()}>
          {(known) => (
            <>
              <A class="attention-name" href={paths.batch(known().id)}>
                {jobName(known())}
              </A>{' '}
            </>
          )}
        </Show>
        {line().text}
      </p>
      <Show when={line().action !== 'open'}>
        <A
          href={line().href}
          aria-label={job() ? i18n.t('overview.actionFor', action(), jobName(job()!)) : undefined}
        >
          {action()}
        </A>
      </Show>
    </li>
  );
}
