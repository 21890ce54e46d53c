/** What every list of files knows of each. */
export interface FileSummary {
  readonly name: string;
  readonly fullpath: string;
  /** Time of the last change, in Unix seconds. */
  readonly date: number;
}
