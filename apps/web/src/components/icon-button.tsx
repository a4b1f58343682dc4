import type { ParentProps } from 'solid-js';

interface IconButtonProps {
  /** What it does: said to people who listen, and shown when pointed at. */
  label: string;
  class?: string;
  onClick: () => void;
}

/** A button that is only a sign. */
export function IconButton(props: ParentProps<IconButtonProps>) {
  return (
    <button
      type="button"
      class={`icon-button ${props.class ?? ''}`}
      aria-label={props.label}
      title={props.label}
      onClick={() => props.onClick()}
    >
      {props.children}
    </button>
  );
}
