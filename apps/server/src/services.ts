import type {
  Batch,
  BatchFilters,
  FollowEvents,
  Health,
  ListBatches,
  ListBatchesAnswer,
  InputSummary,
  Job,
  JobEvent,
  ListRequests,
  ListRequestsAnswer,
  ModelLimitView,
  ResultsQuery,
  ResultType,
  Search,
  SearchMatch,
  SetLimit,
} from '@batchdesk/shared';
import { createCostServices } from './cost-services.ts';
import type { CostServices } from './cost-services.ts';
import { openCollected } from './collection/open-collected.ts';
import { openRequests } from './collection/open-requests.ts';
import { openResults } from './collection/open-results.ts';
import type { OpenResults } from './collection/open-results.ts';
import { findIssues } from './db/issues.ts';
import type { BatchIssues } from './db/issues.ts';
import { findAllPrices } from './db/prices.ts';
import { probeSoon } from './db/provider-pauses.ts';
import type { Deps } from './deps.ts';
import { describeCost } from './insight/describe-cost.ts';
import type { CostOfBatch } from './insight/describe-cost.ts';
import { describeHealth } from './insight/describe-health.ts';
import { exportBatches } from './insight/export-batches.ts';
import { exportResults } from './insight/export-results.ts';
import { followEvents } from './insight/follow-events.ts';
import { createFileServices } from './file-services.ts';
import type { FileServices } from './file-services.ts';
import { createJobServices } from './job-services.ts';
import type { JobServices } from './job-services.ts';
import { requestsOfBatch } from './insight/kept-results.ts';
import { listRequests } from './insight/list-requests.ts';
import { warnOfMetadata } from './insight/metadata-warnings.ts';
import { searchResults } from './insight/search-results.ts';
import { createBatch } from './intake/create-batch.ts';
import type { CreateBatchCommand } from './intake/create-batch.ts';
import { estimateInput } from './intake/estimate-input.ts';
import type { EstimateResult } from './intake/estimate-input.ts';
import type { InputPlace } from './intake/refusal.ts';
import { stageInput } from './intake/stage-input.ts';
import type { StageOptions, StagedInput } from './intake/stage-input.ts';
import { stageJson } from './intake/stage-json.ts';
import type { StageJsonOptions, StagedJson } from './intake/stage-json.ts';
import { uploadFile } from './intake/upload-file.ts';
import type { UploadedFile } from './intake/upload-file.ts';
import { validateInput } from './intake/validate-input.ts';
import type { ValidationResult } from './intake/validate-input.ts';
import { listLimits, readTokenLimits } from './submission/list-limits.ts';
import { setLimit } from './submission/set-limit.ts';
import type { SignedWebhook } from './provider/verify-webhook.ts';
import type { CreatedBatch } from './submission/submit.ts';
import { cancelBatch } from './tracking/cancel-batch.ts';
import { getBatch } from './tracking/get-batch.ts';
import type { BatchView } from './tracking/get-batch.ts';
import { getBatchForResults } from './tracking/get-batch-for-results.ts';
import { getKnownBatch } from './tracking/get-known-batch.ts';
import { listBatches } from './tracking/list-batches.ts';
import { receiveWebhook } from './tracking/receive-webhook.ts';

export type { StagedInput };

/** What an input is staged for: of one that is only estimated nothing else can be made. */
interface StagedFor {
  isEstimated?: boolean | undefined;
}

/** Everything the server can do: REST and tRPC are two ways to call these. All throw `BatchdeskError`. */
export interface Services extends JobServices, CostServices, FileServices {
  /** Checks JSONL, for a batch or a job, and keeps it until it is used or let go. */
  stageInput(bytes: AsyncIterable<Uint8Array>, options?: StageOptions & StagedFor): Promise<StagedInput>;
  /** The same of the `requests` of a JSON body. */
  stageJson(bytes: AsyncIterable<Uint8Array>, options?: StageJsonOptions & StagedFor): Promise<StagedJson>;
  createBatch(command: CreateBatchCommand): Promise<CreatedBatch & Pick<Job, 'warnings'>>;
  validateInput(summary: InputSummary, place: InputPlace): ValidationResult;
  /** Of one that was staged to be estimated. */
  estimateInput(staged: StagedInput, place: InputPlace): Promise<EstimateResult>;
  uploadFile(upload: { filename: string; bytes: AsyncIterable<Uint8Array> }): Promise<UploadedFile>;
  getBatch(query: {
    batch_id: string;
    refresh: boolean;
  }): Promise<BatchView & CostOfBatch & Partial<BatchIssues>>;
  cancelBatch(batchId: string): Promise<Batch>;
  listBatches(query: ListBatches): Promise<ListBatchesAnswer>;
  openResults(batchId: string, query: { type: ResultType; isWhole: boolean }): Promise<OpenResults>;
  exportResults(batchId: string, query: ResultsQuery): Promise<AsyncIterable<Uint8Array | string>>;
  listRequests(batchId: string, query: ListRequests): Promise<ListRequestsAnswer>;
  searchResults(
    batchId: string,
    query: Search & { signal: AbortSignal | undefined },
  ): Promise<AsyncIterable<SearchMatch>>;
  /** All batches in the database that match, as CSV, until `signal`. */
  exportBatches(filters: BatchFilters, signal: AbortSignal): AsyncIterable<string>;
  listLimits(): Promise<ModelLimitView[]>;
  setLimit(command: SetLimit): Promise<ModelLimitView>;
  /** Events as they happen, until `signal`. */
  followEvents(query: FollowEvents, signal: AbortSignal | undefined): AsyncIterable<JobEvent>;
  /** Takes a webhook of the provider, once. */
  receiveWebhook(signed: SignedWebhook): Promise<{ duplicate: boolean }>;
  health(): Promise<Health>;
  /** Tries a paused provider now. */
  resumeProvider(): Promise<Health>;
}

/** What services are told beside what they work with. */
export interface ServiceOptions {
  /** What webhooks are signed with; none is taken without it. */
  webhookSecret: string | undefined;
}

/** Puts the stages together. `onWork` is called when there is something new for the background to do. */
export function createServices(deps: Deps, onWork: () => void, { webhookSecret }: ServiceOptions): Services {
  async function thenWork<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      onWork();
    }
  }
  /** A job is cut into batches that fit what is known of their models' limits. */
  async function withLimits<T extends StageOptions | StageJsonOptions>(options: T & StagedFor): Promise<T> {
    if (options.scope !== 'job') return options;
    const prices = options.isEstimated ? await findAllPrices(deps.db) : undefined;
    return { ...options, tokenLimits: await readTokenLimits(deps), prices };
  }
  return {
    ...createJobServices(deps, thenWork),
    ...createCostServices(deps, thenWork),
    ...createFileServices(deps),
    stageInput: async (bytes, options = {}) => stageInput(deps, bytes, await withLimits(options)),
    stageJson: async (bytes, options = {}) => stageJson(deps, bytes, await withLimits(options)),
    validateInput,
    estimateInput: (staged, place) => estimateInput(deps, staged, place),
    createBatch: async (command) => ({
      ...(await thenWork(createBatch(deps, command))),
      ...warnOfMetadata(command.metadata),
    }),
    uploadFile: (upload) => uploadFile(deps, upload),
    getBatch: async (query) => ({
      ...(await getBatch(deps, query)),
      ...(await describeCost(deps, query.batch_id)),
      ...(await findIssues(deps.db, query.batch_id)),
    }),
    cancelBatch: (batchId) => thenWork(cancelBatch(deps, batchId)),
    listBatches: (query) => listBatches(deps, query),
    openResults: async (batchId, query) => openResults(deps, await getBatchForResults(deps, batchId), query),
    exportResults: async (batchId, query) =>
      exportResults(
        deps,
        requestsOfBatch(await openCollected(deps, await getBatchForResults(deps, batchId))),
        query,
      ),
    async listRequests(batchId, query) {
      const opened = await openRequests(deps, await getKnownBatch(deps, batchId), query.include);
      return listRequests(deps, requestsOfBatch(opened), query);
    },
    searchResults: async (batchId, query) =>
      searchResults(deps, await openCollected(deps, await getBatchForResults(deps, batchId)), query),
    exportBatches: (filters, signal) => exportBatches(deps, filters, signal),
    listLimits: () => listLimits(deps),
    setLimit: (command) => thenWork(setLimit(deps, command)),
    followEvents: (query, signal) => followEvents(deps, query, signal),
    receiveWebhook: async (signed) => {
      const received = await receiveWebhook(deps, signed, webhookSecret);
      onWork(); // not for one that is refused: anybody can send those
      return received;
    },
    health: () => describeHealth(deps),
    resumeProvider: async () => {
      await thenWork(probeSoon(deps.db));
      return describeHealth(deps);
    },
  };
}
