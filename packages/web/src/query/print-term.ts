/** Fields of the query language whose value is a name. */
export type NameField = 'model' | 'lora' | 'sampler' | 'source' | 'tag' | 'generator' | 'name' | 'path';

/** A term of the query language: the field is this name, whatever characters the name has. */
export function isTerm(field: NameField, name: string): string {
  return `${field}=${quoted(name)}`;
}

/** A term of the query language: images in this folder, at any depth. */
export function folderTerm(folder: string): string {
  return `folder:${quoted(folder)}`;
}

function quoted(value: string): string {
  return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** The address of the images that a query finds. */
export function queryAddress(query: string): string {
  return `/?q=${encodeURIComponent(query)}`;
}

/** A term of the query language: images with this word or phrase. */
export function wordTerm(text: string): string {
  return quoted(text);
}
