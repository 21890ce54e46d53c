import type { Api, OutputOf } from '@iib-kit/contract';

/** What a dialect makes of the answers of handlers, by group and name of the endpoint; the others stay as they are. */
export type Renderers<A extends Api> = {
  readonly [Group in keyof A]?: {
    readonly [Name in keyof A[Group]]?: (answer: OutputOf<A[Group][Name]>) => unknown;
  };
};
