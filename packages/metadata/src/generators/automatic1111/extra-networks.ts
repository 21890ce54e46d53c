import type { LoraReference } from '../../image-metadata.ts';

/** A `<kind:name:weights>` of the prompt. */
export interface ExtraNetwork {
  readonly kind: string;
  readonly name: string;
  readonly weight: number | undefined;
  readonly textEncoderWeight: number | undefined;
}

const pattern = /<(\w{2,20}):([^<>\n]{1,1000})>/g;
const numeral = /^-?(?:\d+\.?\d*|\.\d+)$/;

/** Extra networks in the order of the prompt: LoRA, LyCORIS, hypernetworks. */
export function extraNetworks(prompt: string): readonly ExtraNetwork[] {
  // Asked several times for each file, and batches share their prompt.
  if (prompt !== last.prompt) last = { prompt, networks: readNetworks(prompt) };
  return last.networks;
}

let last: { readonly prompt: string; readonly networks: readonly ExtraNetwork[] } = {
  prompt: '',
  networks: [],
};

function readNetworks(prompt: string): ExtraNetwork[] {
  if (!prompt.includes('<')) return [];
  return [...prompt.matchAll(pattern)].map(([, kind = '', body = '']) => network(kind, body));
}

/** `NAME[:TE[:UNET[:DYN]]]` and `key=value` arguments; one number alone is the weight of both. */
function network(kind: string, body: string): ExtraNetwork {
  const [name = '', ...values] = body.split(':').map((part) => part.trim());
  const positional = values.filter((value) => numeral.test(value)).map(Number);
  const named = new Map(
    values.flatMap((value) => {
      const [key, number] = value.split('=').map((part) => part.trim());
      return key && number && numeral.test(number) ? [[key, Number(number)] as const] : [];
    }),
  );
  const textEncoder = named.get('te') ?? positional[0];
  const diffusion = named.get('unet') ?? positional[1] ?? textEncoder;
  return {
    kind: kind.toLowerCase(),
    name,
    weight: diffusion,
    textEncoderWeight: textEncoder === diffusion ? undefined : textEncoder,
  };
}

const loraKinds = new Set(['lora', 'lyco', 'locon', 'loha', 'lokr']);

export function promptLoras(prompt: string): LoraReference[] {
  return extraNetworks(prompt)
    .filter(({ kind, name }) => loraKinds.has(kind) && name !== '')
    .map(({ name, weight, textEncoderWeight }) => ({
      name,
      ...(weight !== undefined && { weight }),
      ...(textEncoderWeight !== undefined && { textEncoderWeight }),
    }));
}
