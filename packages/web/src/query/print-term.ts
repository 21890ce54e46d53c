/** Fields that hold a name. */
export type NameField = 'model' | 'lora' | 'sampler' | 'source' | 'tag' | 'generator' | 'name' | 'path';

/** Prints a value, in quotes only where it needs them. */
export function printValue(value: string): string {
  if (value !== '' && !/[\s()"]/.test(value) && value !== 'OR') return value;
  return quote(value);
}

export function printField(field: string, comparison: string, value: string): string {
  return `${field}${comparison}${printValue(value)}`;
}

/** Matches images whose field is exactly this name. */
export function exactTerm(field: NameField, name: string): string {
  return printField(field, '=', name);
}

/** Matches images in a folder, at any depth. */
export function folderTerm(folder: string): string {
  return printField('folder', ':', folder);
}

/** Matches images that contain a text. The quotes keep `-a`, `b:c` and `OR` from being read as syntax. */
export function phraseTerm(text: string): string {
  return quote(text);
}

function quote(value: string): string {
  return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
