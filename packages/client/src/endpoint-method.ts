import type { Endpoint } from '@iib-kit/contract';

declare const endpointOf: unique symbol;

/** A method of a client, known by its endpoint. */
export interface EndpointMethod<E extends Endpoint = Endpoint> {
  /** For the types only. */
  readonly [endpointOf]?: E;
}
