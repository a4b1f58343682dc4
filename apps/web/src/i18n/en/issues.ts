import { ISSUES } from '@batchdesk/shared';
import type { IssueKind } from '@batchdesk/shared';

const sentences = Object.entries(ISSUES).map(([kind, { message }]) => [kind, message]);

/** English: what is wrong with an input, as the server says it. */
export const issues = Object.fromEntries(sentences) as Record<IssueKind, string>;
