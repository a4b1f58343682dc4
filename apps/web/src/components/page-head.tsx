import { createEffect } from 'solid-js';
import type { JSX } from 'solid-js';

/** The title of a page, in it and on the tab of the browser, and what can be done there. */
export function PageHead(props: { title: string; children?: JSX.Element }) {
  createEffect(() => {
    document.title = `${props.title} · Batchdesk`;
  });
  return (
    <div class="page-head">
      <h1>{props.title}</h1>
      <div class="row">{props.children}</div>
    </div>
  );
}
