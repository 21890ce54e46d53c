import type { EmbeddedText, GeneratorId } from '../../image-metadata.ts';
import type { Generator } from '../generator.ts';

/**
 * Services that sign what they make and record nothing else, by what their manifests say of tool,
 * agent or signer. Names of editors are not among them: that a picture went through Photoshop
 * says nothing of its making.
 */
const services: readonly (readonly [RegExp, GeneratorId])[] = [
  [/\b(?:openai|chatgpt|gpt-?4o|gpt-?image|dall[·-]?e|sora)\b/i, 'openai'],
  [/\bfirefly\b/i, 'adobe-firefly'],
  [/\b(?:black forest labs|flux api|bfl)\b/i, 'black-forest-labs'],
  [/\bstability ?\.?ai\b/i, 'stability-ai'],
  [/\b(?:bing image creator|microsoft)\b/i, 'microsoft'],
  [/\bcanva\b/i, 'canva'],
  [/\b(?:samsung|galaxy)\b/i, 'samsung'],
  [/\b(?:bytedance|byteplus|volcengine|dreamina|jimeng|capcut|tiktok)\b/i, 'bytedance'],
  [/\bgoogle\b/i, 'google'],
];
/** Tools that make pictures and nothing else: their name alone is enough. */
const generatorsOnly: ReadonlySet<GeneratorId> = new Set(['openai', 'black-forest-labs']);
const generated = /(?:trained|composite|algorithmic)\w*(?:AlgorithmicMedia|Synthetic|Media)$/i;

/** Content credentials (C2PA), and the credit line of Google, as the only record of a service. */
export const contentCredentials: Generator = {
  id: 'openai',
  parse({ embedded }) {
    const id = signedBy(embedded) ?? creditedTo(embedded);
    return id === undefined ? [] : [{ generator: id, generation: {} }];
  },
};

function signedBy(embedded: readonly EmbeddedText[]): GeneratorId | undefined {
  const claims = embedded.filter(({ location }) => location.includes(':c2pa:'));
  if (claims.length === 0) return undefined;
  const isGenerated = claims.some(({ key, text }) => key === 'digitalSourceType' && generated.test(text));
  // The agent that acted says most, the signer least: many services sign for others.
  for (const key of ['softwareAgent', 'claim_generator', 'issuer']) {
    for (const claim of claims.filter((candidate) => candidate.key === key)) {
      const name = claim.text.replaceAll('_', ' ');
      const id = services.find(([pattern]) => pattern.test(name))?.[1];
      if (id !== undefined && (isGenerated || generatorsOnly.has(id))) return id;
    }
  }
  return undefined;
}

function creditedTo(embedded: readonly EmbeddedText[]): GeneratorId | undefined {
  const isGoogle = embedded.some(
    ({ key, text }) => key === 'Credit' && /^(?:Made with|AI-Generated with|Edited with) Google/i.test(text),
  );
  return isGoogle ? 'google' : undefined;
}
