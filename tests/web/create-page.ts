// What `create-browser.test.ts` calls in a browser: built as the page is, and served by the same rules.
import { buildRequests, readCsvHead } from '../../apps/web/src/create/build-requests.ts';
import { checkInput } from '../../apps/web/src/create/check-input.ts';
import { createDraft } from '../../apps/web/src/create/create-draft.ts';
import { createUploads } from '../../apps/web/src/create/create-uploads.ts';
import { estimateInput } from '../../apps/web/src/create/estimate-input.ts';
import { loadFile } from '../../apps/web/src/create/keep-file.ts';
import { readLines } from '../../apps/web/src/create/read-lines.ts';

const create = {
  buildRequests,
  readCsvHead,
  checkInput,
  createDraft,
  createUploads,
  estimateInput,
  loadFile,
  readLines,
};

/** The functions of `create/` as a test finds them in the browser. */
export type Create = typeof create;

Object.assign(globalThis, { create });
