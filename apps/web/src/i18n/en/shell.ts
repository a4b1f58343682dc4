import { createPlural } from '../plural.ts';

const plural = createPlural('en');

/** English: what stands around every page. */
export const shell = {
  skipToContent: 'Skip to content',
  navigation: 'Main',
  overview: 'Overview',
  batches: 'Batches',
  files: 'Files',
  settings: 'Settings',
  apiDocs: 'API docs',
  newBatch: 'New batch',
  search: 'Search or jump to',
  shortcuts: 'Keyboard shortcuts',
  notFound: 'There is no such page',
  notFoundHint: 'The address may be mistyped, or what it named was deleted.',
  toOverview: 'To the overview',
  brokenPage: 'This page could not be shown',
  reload: 'Reload',
  live: {
    live: 'Live',
    polling: 'Polling',
    paused: 'Paused',
    offline: 'Offline',
  },
  liveHint: {
    live: 'Changes appear as they happen. Pause',
    polling: 'The live connection is down: the page asks every few seconds. Pause',
    paused: 'Nothing is refreshed. Go on',
    offline: 'The server cannot be reached; it is tried every few seconds. Pause',
  },
  local: 'Local provider',
  localHint: 'Answers are made on this machine; no model is called. Set `OPENAI_API_KEY` to use OpenAI.',
  provider: 'Provider',
  noKey: 'API key not configured.',
  noKeyHint:
    'Set `OPENAI_API_KEY` in `.env` and restart the server, or remove `PROVIDER` to run on the local provider.',
  paused: (since: string) => `Nothing has been sent to the provider since ${since}.`,
  pauseHints: {
    insufficient_quota:
      'The account is out of quota or its billing is off. Mend that with the provider: nothing has to be sent again.',
    provider_unauthorized:
      'The provider does not accept the API key. Correct `OPENAI_API_KEY` in `.env` and restart the server: nothing has to be sent again.',
  },
  pauseGoesOn: (time: string) =>
    `What waits goes on by itself when it works again; the next try is at ${time}.`,
  trouble: (since: string) => `The provider has not answered since ${since}.`,
  troubleHint: 'What is under way is kept and goes on by itself when it answers again.',
  tryNow: 'Try now',
  tried: 'The provider is tried again.',
  unreachable: (time: string) => `The server has not answered since ${time}.`,
  unreachableHint: 'What is shown is from then. It is tried again by itself; check that the server runs.',
  outdated: 'There is a newer version of this page.',
  signIn: 'Sign in',
  signInHint: 'This server asks for its API token: the value of `API_TOKEN` in its `.env`.',
  apiToken: 'API token',
  noToken: 'Enter the API token.',
  wrongToken: 'This is not the API token of this server. Check it and try again.',
  signingIn: 'Signing in…',
  uploads: 'Uploads',
  uploading: (name: string | null) => `Uploading ${name ?? 'the input'}`,
  uploaded: (name: string | null) => `${name ?? 'The input'} was handed in`,
  uploadFailed: (name: string | null) => `${name ?? 'The input'} was not handed in`,
  uploadCancelled: (name: string | null) => `Upload of ${name ?? 'the input'} cancelled`,
  bytesOf: (done: string, total: string) => `${done} of ${total}`,
  perSecond: (bytes: string) => `${bytes}/s`,
  timeLeft: (time: string) => `${time} left`,
  openBatch: 'Open',
  dropHere: 'Drop a .jsonl or .csv file to make a batch of it',
  dropOthers: (name: string, others: number) =>
    `A batch is made of one file: ${name}. ${plural(others, '{n} other was left out.', '{n} others were left out.')}`,
  dropUnfit:
    'No batch can be made of this. Drop a text file: .jsonl, .json, .ndjson, .txt, .csv or .tsv. Nothing was replaced.',
  ended: (state: string) => `The batch has ended: ${state}.`,
};
