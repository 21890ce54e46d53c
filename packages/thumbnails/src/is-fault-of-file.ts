import type { ThumbnailError } from './thumbnail-error.ts';

/** Whether the same file would fail the same way again. */
export function isFaultOfFile({ code }: ThumbnailError): boolean {
  switch (code) {
    case 'not-an-image':
    case 'not-a-video':
    case 'no-video-stream':
    case 'truncated':
    case 'unsupported':
    case 'too-large':
    case 'external-reference':
    case 'timeout':
    case 'crashed':
      return true;
    case 'not-found':
    case 'not-a-file':
    case 'unreadable':
    case 'queue-full':
    case 'no-video-decoder':
    case 'renderer-unavailable':
    case 'cache-unwritable':
    case 'closed':
      return false;
    default:
      return code satisfies never;
  }
}
