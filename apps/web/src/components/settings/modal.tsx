import { onMount } from 'solid-js';
import type { JSX } from 'solid-js';

interface ModalProps {
  id: string;
  title: string;
  /** After it was closed, whoever closed it. */
  onClosed: () => void;
  children: (close: () => void) => JSX.Element;
}

/** Something to be answered before anything else. Closing gives the focus back to where it was. */
export function Modal(props: ModalProps) {
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  return (
    <dialog
      ref={(element) => (dialog = element)}
      id={props.id}
      class="modal"
      aria-labelledby={`${props.id}-title`}
      onClose={() => props.onClosed()}
    >
      <h2 id={`${props.id}-title`}>{props.title}</h2>
      {props.children(() => dialog?.close())}
    </dialog>
  );
}
