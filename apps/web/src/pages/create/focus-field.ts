import type { ProblemField } from './find-problems.ts';
import { controlId } from './form-field.tsx';

/** Puts the focus where a problem is mended, once it is shown: options open a moment later. */
export function focusField(field: ProblemField): void {
  requestAnimationFrame(() => {
    const element = document.getElementById(controlId(field));
    element?.focus();
    element?.scrollIntoView({ block: 'nearest' });
  });
}
