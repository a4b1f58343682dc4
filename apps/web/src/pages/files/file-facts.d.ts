import type { DeleteFileWhere, FileNeed, FileRole, FileView } from '@batchdesk/shared';
/** Why something of a file cannot be deleted. `kept`: a batch that has ended is read from the copy here. */
export type Hindrance = FileNeed | 'kept';
/** What is in a file; `results` where it is not known which. */
export type FileContent = FileRole | 'results';
/** What is in a file: the batches that use it say it, else its purpose. */
export declare function contentOf({ used_by, purpose }: Pick<FileView, 'used_by' | 'purpose'>): FileContent;
/** Bytes of a file: as the provider has it, else of the copy here; `null` where neither is known. */
export declare function sizeOf({ bytes, here }: Pick<FileView, 'bytes' | 'here'>): number | null;
/** Where a file can be asked to be deleted, and what stands in the way of it. */
export declare function deletionsOf(
  file: Pick<FileView, 'at_provider' | 'here' | 'needed_by' | 'used_by_count'>,
): {
  where: DeleteFileWhere;
  hindrance: Hindrance | null;
}[];
/** How long the provider still has a file, in whole days while there is more than one: what to say, and how urgent it is. */
export declare function expiryOf(
  { at_provider, expires_at }: Pick<FileView, 'at_provider' | 'expires_at'>,
  now: number,
):
  | {
      kind: 'never' | 'gone';
    }
  | {
      kind: 'soon' | 'later';
      seconds: number;
    };
