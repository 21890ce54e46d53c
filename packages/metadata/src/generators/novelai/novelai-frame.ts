/** What NovelAI writes beside the settings. */
export interface NovelAiFrame {
  readonly description?: string;
  readonly source?: string;
  readonly generationTime?: string;
}
