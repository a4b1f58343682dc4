import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { WithCode } from './with-code.tsx';

interface FieldProps {
  /** Of the control; what describes it is `…-hint` and `…-problem`. */
  id: string;
  label: string;
  /** Said beside the label: "optional", a count. */
  aside?: string | undefined;
  hint?: string | undefined;
  problem?: string | null | undefined;
  /** Whether it takes a row for itself. */
  wide?: boolean;
  children: JSX.Element;
}

/** A label, its control, and what is wrong with what it holds. */
export function Field(props: FieldProps) {
  return (
    <div class={`field${props.wide ? ' wide' : ''}`}>
      <div class="field-head">
        <label for={props.id}>{props.label}</label>
        <Show when={props.aside}>
          <span class="quiet">{props.aside}</span>
        </Show>
      </div>
      {props.children}
      <Show when={props.hint}>
        {(hint) => (
          <p class="quiet" id={`${props.id}-hint`}>
            <WithCode text={hint()} />
          </p>
        )}
      </Show>
      <Show when={props.problem}>
        <p class="problem" id={`${props.id}-problem`}>
          {props.problem}
        </p>
      </Show>
    </div>
  );
}
