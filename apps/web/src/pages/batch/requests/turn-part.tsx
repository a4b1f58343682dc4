import { Match, Show, Switch } from 'solid-js';
import { useI18n } from '../../../i18n/i18n.tsx';
import { LongText } from './long-text.tsx';
import type { Part } from './read/body-view.ts';

type Of<K extends Part['kind']> = Extract<Part, { kind: K }>;

/** A piece of a turn. Whatever it is, it is shown as text. */
export function TurnPart(props: { part: Part }) {
  const i18n = useI18n();
  const as = <K extends Part['kind']>(kind: K) =>
    props.part.kind === kind ? (props.part as Of<K>) : undefined;
  return (
    <Switch>
      <Match when={as('text')}>{(part) => <LongText text={part().text} />}</Match>
      <Match when={as('refusal')}>
        {(part) => (
          <div class="part part-refusal">
            <p class="part-name">{i18n.t('requests.refusal')}</p>
            <LongText text={part().text} />
          </div>
        )}
      </Match>
      <Match when={as('reasoning')}>
        {(part) => (
          <div class="part">
            <p class="part-name">{i18n.t('requests.reasoning')}</p>
            <LongText text={part().text} />
          </div>
        )}
      </Match>
      <Match when={as('call')}>
        {(part) => (
          <div class="part">
            <p class="part-name">
              {i18n.t('requests.call')} <code>{part().name}</code>
            </p>
            <LongText text={part().text} isCode />
          </div>
        )}
      </Match>
      <Match when={as('media')}>
        {(part) => (
          <p class="part part-media">
            {i18n.t(`requests.media.${part().media}`)}
            <Show when={part().bytes}>
              {(bytes) => <span class="quiet"> {i18n.format().bytes(bytes())}</span>}
            </Show>
            <Show when={part().source}>
              <span class="mono quiet media-source"> {part().source}</span>
            </Show>
          </p>
        )}
      </Match>
      <Match when={as('other')}>{(part) => <LongText text={part().text} isCode />}</Match>
    </Switch>
  );
}
