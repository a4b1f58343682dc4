import { BATCH_ENDPOINTS, isBatchEndpoint } from '../endpoints.ts';
import type { BatchEndpoint } from '../endpoints.ts';
import { LIMITS } from '../limits.ts';
import type { RequestProblem } from './check-request.ts';
import type { IssueList, IssuePlace } from './issue-list.ts';

/** Checks that all requests go to one endpoint, which may become known only after them. */
export interface EndpointCheck {
  add(url: string, place: IssuePlace): void;
  /** Tells of the requests that go elsewhere than `endpoint`, without it than the first request. Returns where to. */
  finish(issues: IssueList, endpoint: BatchEndpoint | undefined): string | null;
}

const OTHER_URL: RequestProblem = { kind: 'other_url', param: 'url' };

/** Keeps for each endpoint where its first requests are: which of them are wrong shows at the end. */
export function createEndpointCheck(): EndpointCheck {
  const groups = new Map<string, { places: IssuePlace[]; count: number }>();

  function add(url: string, place: IssuePlace): void {
    // What is no endpoint at all is told at once, by the check of the request.
    if (!isBatchEndpoint(url)) return;
    let group = groups.get(url);
    if (!group) groups.set(url, (group = { places: [], count: 0 }));
    group.count += 1;
    if (group.places.length < LIMITS.issuesKept) group.places.push(place);
  }

  function finish(issues: IssueList, endpoint: BatchEndpoint | undefined): string | null {
    const [first] = groups.keys();
    const expected = endpoint ?? first ?? null;
    for (const url of BATCH_ENDPOINTS) {
      const group = url === expected ? undefined : groups.get(url);
      for (const place of group?.places ?? []) issues.insert(OTHER_URL, place);
      if (group) issues.addUnkept(group.count - group.places.length);
    }
    return expected;
  }

  return { add, finish };
}
