/** A way in for inputs. */
export interface Door {
  title: string;
  body: 'jsonl' | 'json';
  /** Arguments of curl. */
  send: (serverUrl: string, path: string) => string[];
  /** How much longer than the yardstick it may take. */
  maxRatio: number;
}

/** A form with a file, as browsers and the SDKs send it. */
export const UPLOAD: Door = {
  title: 'Upload as a form',
  body: 'jsonl',
  send: (url, path) => ['-F', 'purpose=batch', '-F', `file=@${path}`, `${url}/api/batch/upload`],
  maxRatio: 1.25,
};

/** The file alone. */
export const RAW_UPLOAD: Door = {
  title: 'Upload as the body',
  body: 'jsonl',
  send: (url, path) => sendBody('application/jsonl', path, `${url}/api/batch/upload`),
  maxRatio: 1.25,
};

/** Requests in JSON; ends with a batch at the provider. */
export const CREATE: Door = {
  title: 'Create from a list of requests',
  body: 'json',
  send: (url, path) => sendBody('application/json', path, `${url}/api/batch/create`),
  maxRatio: 1.5,
};

/** The file alone; nothing is sent on. */
export const ESTIMATE: Door = {
  title: 'Estimate',
  body: 'jsonl',
  send: (url, path) => sendBody('application/jsonl', path, `${url}/api/batch/estimate`),
  maxRatio: 1.25,
};

function sendBody(type: string, path: string, url: string): string[] {
  // Sent as it is read, as -F does: --data-binary would read all of it first.
  return ['-X', 'POST', '-H', `content-type: ${type}`, '-T', path, url];
}
