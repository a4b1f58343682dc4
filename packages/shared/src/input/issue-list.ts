import type { InputIssue } from '../contracts/error.ts';
import { formatMessage } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { RequestProblem } from './check-request.ts';
import { ISSUES } from './issue-messages.ts';

/** Where a problem is: the 1-based line, `null` for the whole, and the request's id where it has one. */
export interface IssuePlace {
  line: number | null;
  custom_id: string | null;
}

/** Problems of an input: the first 1,000 are kept, all are counted. */
export interface IssueList {
  /** All problems, those that are not kept included. */
  readonly count: number;
  /** Adds a problem that comes after all that are there. */
  add(problem: RequestProblem, place: IssuePlace): void;
  /** Adds a problem that may belong before others. */
  insert(problem: RequestProblem, place: IssuePlace): void;
  /** Counts problems that nobody kept. */
  addUnkept(count: number): void;
  /** The first 1,000 by line; those of the whole come last. */
  kept(): InputIssue[];
  /** What was added since the last call, as far as it is kept. */
  takeNew(): InputIssue[];
}

/** An empty list; of an issue that is `isDetailed`, its kind and the details of its sentence are told too. */
export function createIssueList(isDetailed: boolean): IssueList {
  const issues: InputIssue[] = [];
  let count = 0;
  let taken = 0;

  function insert({ kind, param, details = {} }: RequestProblem, { line, custom_id }: IssuePlace): void {
    count += 1;
    const { code, message: template } = ISSUES[kind];
    const places = param === null ? details : { ...details, param };
    const message = formatMessage(template, places);
    const issue: InputIssue = {
      code,
      message,
      param,
      line,
      custom_id: custom_id === null ? null : shorten(custom_id),
    };
    issues.push(isDetailed ? { ...issue, kind, details: places } : issue);
  }

  return {
    get count() {
      return count;
    },
    add(problem, place) {
      if (issues.length < LIMITS.issuesKept) insert(problem, place);
      else count += 1;
    },
    insert,
    addUnkept(more) {
      count += more;
    },
    kept() {
      const ofWhole = issues.filter(({ line }) => line === null);
      const ofLines = issues.filter(({ line }) => line !== null).toSorted((a, b) => a.line! - b.line!);
      return [...ofLines.slice(0, LIMITS.issuesKept - ofWhole.length), ...ofWhole];
    },
    takeNew() {
      const fresh = issues.slice(taken);
      taken = issues.length;
      return fresh;
    },
  };
}

/** A text of the caller's in a sentence of ours: it may be megabytes long. */
export function shorten(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`;
}
