/** Where letters may lie in a word that contains them. */
export type PositionInWord = 'anywhere' | 'beginning' | 'end';

/** Every word that ever was in a text. */
export interface Vocabulary {
  /** The words that contain these letters; undefined where there are more than `most`. */
  wordsWith(letters: string, position: PositionInWord, most: number): readonly string[] | undefined;
}
