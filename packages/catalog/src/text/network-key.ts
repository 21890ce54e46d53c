import { foldText } from './fold-text.ts';

/** Types of the tags that name networks, which tools spell in several ways. */
export const networkTagTypes = ['lora', 'lyco'] as const;

/**
 * What names of one network have in common. IIB writes blanks where the file name has `_` and `-`, and so do some
 * tools; a LoRA stays one tag whoever spelled it.
 */
export function networkKey(name: string): string {
  return foldText(name).replace(/[_-]/g, ' ');
}
