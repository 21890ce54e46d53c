import { Recent } from './recent.ts';
import { isThumbnailError, type ThumbnailError } from './thumbnail-error.ts';

const keptMs = 60_000;

/** Remembers for a minute what cannot be rendered, so that a page which shows it does not try each time. */
export class RecentFailures {
  readonly #failures = new Recent<string, { error: ThumbnailError; until: number }>(10_000);

  get(key: string): ThumbnailError | undefined {
    const failure = this.#failures.get(key);
    if (!failure || failure.until > Date.now()) return failure?.error;
    this.#failures.delete(key);
    return undefined;
  }

  note(key: string, error: unknown): void {
    if (!isThumbnailError(error) || !liesInTheFile(error)) return;
    this.#failures.set(key, { error, until: Date.now() + keptMs });
  }

  forget(): void {
    this.#failures.clear();
  }
}

function liesInTheFile({ code }: ThumbnailError): boolean {
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
