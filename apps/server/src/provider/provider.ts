import type { Batch, OutputExpiresAfter } from '@batchdesk/shared';

/** A batch as the provider tells it, cleaned of the ways in which servers say "nothing". */
export type ProviderBatch = Omit<Batch, 'job_id' | 'provider' | 'cost' | 'stuck'>;

/** A file as the provider tells it. */
export interface ProviderFile {
  id: string;
  filename: string;
  bytes: number;
  /** Unix seconds. */
  created_at: number;
  expires_at: number | null;
  purpose: string;
  status: string | null;
  status_details: string | null;
}

/** What a batch is created from. */
export interface ProviderBatchParams {
  endpoint: string;
  input_file_id: string;
  completion_window: '24h';
  metadata?: Record<string, string>;
  output_expires_after?: OutputExpiresAfter;
}

/** A page of the provider's batches, newest first. */
export interface ProviderBatchPage {
  data: ProviderBatch[];
  /** Where the next page begins, `null` after an empty one. */
  last_id: string | null;
  has_more: boolean;
}

/** A page of the provider's input files, newest first. */
export interface ProviderFilePage {
  data: ProviderFile[];
  /** Where the next page begins, `null` after an empty one. */
  last_id: string | null;
  has_more: boolean;
}

/** The bytes of a file as they come in. */
export interface ProviderDownload {
  /** Bytes of the file before the first one that comes: what was asked for, or 0 from a server that sends no parts. */
  from: number;
  body: ReadableStream<Uint8Array>;
}

/**
 * Who runs batches. Every call throws `BatchdeskError`: `provider_*`, `rate_limited`, `insufficient_quota`,
 * `batch_not_found`, `file_not_found` and the like; nothing of the SDK crosses this line.
 */
export interface Provider {
  readonly name: 'openai' | 'local';
  /** Where it is; the configuration allows no credentials in it. */
  readonly baseUrl: string;
  /** Whether there is a key to call it with. */
  readonly ready: boolean;
  /** Uploads a file from disk, once. */
  uploadFile(path: string, filename: string): Promise<ProviderFile>;
  retrieveFile(fileId: string): Promise<ProviderFile>;
  /** Files of purpose `batch`; `limit` 1 to 10,000. */
  listFiles(page: { limit: number; after?: string }): Promise<ProviderFilePage>;
  /** Deletes a file; one that is gone already is no error. */
  deleteFile(fileId: string): Promise<void>;
  /** Streams a file's bytes from an offset on. */
  downloadFile(fileId: string, from: number): Promise<ProviderDownload>;
  /** Never repeated by itself: a batch created twice is paid twice. After a doubt, look in `listBatches` first. */
  createBatch(params: ProviderBatchParams): Promise<ProviderBatch>;
  retrieveBatch(batchId: string): Promise<ProviderBatch>;
  /** `limit` 1 to 100. */
  listBatches(page: { limit: number; after?: string }): Promise<ProviderBatchPage>;
  cancelBatch(batchId: string): Promise<ProviderBatch>;
}
