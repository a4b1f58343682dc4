import { PROMPT_FIELD, isBatchEndpoint, jobResultsUrl, jobUrl } from '@batchdesk/shared';
import type { Job } from '@batchdesk/shared';

/** The languages that a batch can be copied as. */
export const LANGUAGES = ['curl', 'python', 'javascript'] as const;

/** A language that a batch can be copied as. */
export type CodeLanguage = (typeof LANGUAGES)[number];

/** What is done with a batch from a program. */
export const SNIPPETS = ['create', 'follow', 'download'] as const;

/** Programs for one batch: what they do, in a language. */
export type Snippets = Record<(typeof SNIPPETS)[number], string>;

const WAIT_SECONDS = 30;

/** Programs that make a batch like this one, follow this one and download its results from the server at `origin`. */
export function snippetsOf(job: Job, origin: string, language: CodeLanguage): Snippets {
  const addresses = {
    create: `${origin}${job.kind === 'job' ? '/api/jobs' : '/api/batch/create'}`,
    follow: `${origin}${jobUrl(job.id)}`,
    download: `${origin}${jobResultsUrl(job.id)}`,
  };
  const body = JSON.stringify(bodyOf(job), null, 2);
  switch (language) {
    case 'curl':
      return inCurl(addresses, body);
    case 'python':
      return inPython(addresses, body);
    case 'javascript':
      return inJavaScript(addresses, body);
  }
}

type Addresses = Record<(typeof SNIPPETS)[number], string>;

function inCurl({ create, follow, download }: Addresses, body: string): Snippets {
  return {
    create: `curl ${quoteShell(create)} \\\n  --json ${quoteShell(body)}`,
    follow: `curl ${quoteShell(follow)}`,
    download: `curl --output results.jsonl ${quoteShell(download)}`,
  };
}

/** JSON without `true`, `false` and `null` is Python as it stands, and JavaScript in any case. */
function inPython({ create, follow, download }: Addresses, body: string): Snippets {
  return {
    create: `import requests

response = requests.post(
    ${JSON.stringify(create)},
    json=${indent(body, 4)},
)
response.raise_for_status()
print(response.json())`,
    follow: `import time
import requests

while True:
    response = requests.get(${JSON.stringify(follow)})
    response.raise_for_status()
    job = response.json()["job"]
    print(job["state"], job["counts"])
    if job["status"] in ("completed", "cancelled"):
        break
    time.sleep(${WAIT_SECONDS})`,
    download: `import requests

with requests.get(${JSON.stringify(download)}, stream=True) as response:
    response.raise_for_status()
    with open("results.jsonl", "wb") as file:
        for chunk in response.iter_content(1024 * 1024):
            file.write(chunk)`,
  };
}

function inJavaScript({ create, follow, download }: Addresses, body: string): Snippets {
  return {
    create: `const response = await fetch(${JSON.stringify(create)}, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(${indent(body, 2)}),
});
console.log(await response.json());`,
    follow: `import { setTimeout } from 'node:timers/promises';

for (;;) {
  const response = await fetch(${JSON.stringify(follow)});
  if (!response.ok) throw new Error(await response.text());
  const { job } = await response.json();
  console.log(job.state, job.counts);
  if (['completed', 'cancelled'].includes(job.status)) break;
  await setTimeout(${WAIT_SECONDS}_000);
}`,
    download: `import { writeFile } from 'node:fs/promises';

const response = await fetch(${JSON.stringify(download)});
if (!response.ok) throw new Error(await response.text());
await writeFile('results.jsonl', response.body);`,
  };
}

/** What `create` is told for a batch like this one, with one request for an example. */
function bodyOf({ kind, endpoint, models, name, metadata, retry, budget }: Job): Record<string, unknown> {
  const request = {
    custom_id: 'request-1',
    method: 'POST',
    url: endpoint,
    body: { model: models[0] ?? 'gpt-4o-mini', ...promptOf(endpoint) },
  };
  const { limit, warn_at, at_limit } = budget ?? {};
  return {
    endpoint,
    ...(kind === 'job' && name !== null ? { name } : {}),
    ...(metadata && Object.keys(metadata).length > 0 ? { metadata } : {}),
    ...(kind === 'job' && retry ? { retry } : {}),
    ...(kind === 'job' && budget ? { budget: { limit, warn_at, at_limit } } : {}),
    requests: [request],
  };
}

function promptOf(endpoint: string): Record<string, unknown> {
  const field = isBatchEndpoint(endpoint) ? PROMPT_FIELD[endpoint] : null;
  if (field === null) return {};
  const text = 'Say hello.';
  return { [field]: field === 'messages' ? [{ role: 'user', content: text }] : text };
}

function quoteShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function indent(text: string, spaces: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(spaces)}`);
}
