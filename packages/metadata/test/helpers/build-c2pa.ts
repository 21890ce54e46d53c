import { bytes, uint16, uint32, utf8 } from './bytes.ts';
import { box } from './build-iso.ts';

type Cbor = string | number | Uint8Array | readonly Cbor[] | { readonly [key: string]: Cbor };

/** CBOR as C2PA writers print it: definite lengths. */
export function cbor(value: Cbor): Uint8Array {
  if (typeof value === 'string') return bytes(cborHead(3, utf8(value).length), utf8(value));
  if (typeof value === 'number') return cborHead(0, value);
  if (value instanceof Uint8Array) return bytes(cborHead(2, value.length), value);
  if (Array.isArray(value)) return bytes(cborHead(4, value.length), ...value.map(cbor));
  const members = Object.entries(value as Readonly<Record<string, Cbor>>);
  return bytes(cborHead(5, members.length), ...members.flatMap(([key, member]) => [cbor(key), cbor(member)]));
}

function cborHead(major: number, argument: number): Uint8Array {
  if (argument < 24) return bytes((major << 5) | argument);
  if (argument < 256) return bytes((major << 5) | 24, argument);
  if (argument < 65_536) return bytes((major << 5) | 25, uint16(argument));
  return bytes((major << 5) | 26, uint32(argument));
}

export function jumbf(label: string, ...children: Uint8Array[]): Uint8Array {
  return box('jumb', box('jumd', new Uint8Array(16), 3, utf8(label), 0), ...children);
}

export interface ManifestParts {
  readonly claimGenerator?: string;
  readonly claimInfo?: Cbor;
  readonly actions?: Cbor;
  readonly organisation?: string;
}

export function manifest(label: string, parts: ManifestParts): Uint8Array {
  const claim = {
    ...(parts.claimGenerator !== undefined && { claim_generator: parts.claimGenerator }),
    ...(parts.claimInfo !== undefined && { claim_generator_info: parts.claimInfo }),
  };
  const certificate = bytes(
    '\x06\x03\x55\x04\x0a\x0c',
    (parts.organisation ?? '').length,
    parts.organisation ?? '',
  );
  return jumbf(
    label,
    jumbf('c2pa.assertions', jumbf('c2pa.actions.v2', box('cbor', cbor({ actions: parts.actions ?? [] })))),
    jumbf('c2pa.claim.v2', box('cbor', cbor(claim))),
    jumbf('c2pa.signature', box('cbor', cbor([certificate]))),
  );
}

/** A manifest store; the last manifest is the active one. */
export function manifestStore(...manifests: Uint8Array[]): Uint8Array {
  return jumbf('c2pa', ...manifests);
}

/** APP11 segments of a JPEG, cut into packets of this many bytes. */
export function jumbfPackets(store: Uint8Array, length: number): Uint8Array[] {
  const header = store.subarray(0, 8);
  const content = store.subarray(8);
  const packets: Uint8Array[] = [];
  for (let at = 0; at < content.length; at += length) {
    packets.push(
      bytes('JP', uint16(1), uint32(packets.length + 1), header, content.subarray(at, at + length)),
    );
  }
  return packets;
}
