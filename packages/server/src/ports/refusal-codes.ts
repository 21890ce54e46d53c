import type { Text } from './text.ts';

interface OfPath {
  readonly path: string;
}

interface OfProvider {
  /** Its status and its own words, without the key. */
  readonly why: string;
}

/** Every reason for which a request is refused, and what is told of it. To add one: here, its text, its status. */
export interface RefusalDetails {
  // Paths
  'empty-path': object;
  'name-not-utf8': OfPath;
  unreadable: OfPath;
  'link-loop': OfPath;
  'path-too-long': OfPath;
  unreachable: OfPath & { readonly code: string };
  'outside-allowed-folders': OfPath;
  'outside-base-directory': OfPath;
  'unusable-in-base-directory': OfPath;
  'unreachable-in-base-directory': OfPath;
  'no-base-directory': object;

  // Files and folders
  missing: OfPath;
  'not-permitted': OfPath;
  'folder-unreadable': OfPath;
  'read-only-drive': OfPath;
  exists: OfPath;
  'no-free-name': OfPath & { readonly tries: number };
  'names-clash': { readonly names: readonly string[] };
  'not-a-file': OfPath;
  'not-a-folder': OfPath;
  'is-a-folder': OfPath;
  'folder-not-empty': OfPath;
  'only-files-copied': OfPath;
  'neither-file-nor-folder': OfPath;
  'file-as-folder': OfPath;
  'file-in-the-way': OfPath;
  'name-too-long': OfPath;
  'unusable-name': OfPath;
  'links-in-a-loop': OfPath;
  'relative-link': OfPath;
  'drive-full': OfPath;
  'quota-exceeded': OfPath;
  'too-large-for-drive': OfPath;
  'in-use': OfPath;
  'drive-unreachable': OfPath;
  'too-many-open-files': OfPath;
  'into-itself': OfPath;
  'changed-since-planned': OfPath;
  'changed-while-moved': OfPath;
  'library-folder': OfPath;
  'own-path': OfPath;
  'invalid-file-name': { readonly name: string; readonly reason: string };
  'not-in-trash': { readonly id: string };
  'no-desktop': object;

  // Media
  'no-video-decoder': object;

  // Archives, streams, jobs
  'too-many-archives': { readonly limit: number };
  'no-such-archive': { readonly name: string };
  'too-many-streams': { readonly limit: number };
  'too-many-jobs': { readonly limit: number; readonly kind: string };
  'job-cancelled': object;
  closed: object;

  // Auto-tag rules
  'invalid-auto-tag-rules': { readonly setting: string; readonly problem: Text };

  // Organizing
  'no-such-organize-run': { readonly id: string };
  'not-awaiting-confirmation': { readonly state: string };
  'nothing-to-undo': { readonly phase?: string };
  'no-such-planned-cluster': { readonly id: string };
  'invalid-folder-name': { readonly name: string };
  'images-without-vectors': { readonly count: number; readonly failure: string };

  // Topics and the model's provider
  'no-model': object;
  'unsupported-model': { readonly model: string };
  'empty-query': object;
  'image-not-indexed': OfPath;
  'no-prompt': OfPath;
  'provider-late': { readonly milliseconds: number };
  'provider-unreachable': object;
  'provider-unintelligible': object;
  'provider-overloaded': OfProvider & { readonly retryAfter: string | undefined };
  'provider-timed-out': OfProvider;
  'provider-rejected': OfProvider;
  'provider-failed': OfProvider;

  // Seed groups
  'directory-entry-missing': OfPath;
  'not-a-directory': OfPath;
  'not-a-medium': OfPath;
  'invalid-seed-cursor': { readonly cursor: string };
}

export type RefusalCode = keyof RefusalDetails;
