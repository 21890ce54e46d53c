import type { Statement } from 'better-sqlite3';
import { foldText } from '@iib-kit/catalog/text';
import { searchBody } from '../../ngram-index/search-body.ts';
import { SearchTokenizer } from '../../ngram-index/search-tokenizer.ts';
import { trigrams } from '../../ngram-index/trigrams.ts';
import { NgramSamples, sampledEvery } from './ngram-samples.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { WordList } from './word-list.ts';

interface Run {
  firstDoc: number;
  lastDoc: number;
  lastModified: number;
  lastImageId: number;
}

interface RunRow {
  first_doc: number;
  last_doc: number;
  last_modified: number;
  last_image_id: number;
}

/** What one image contributes to the full-text tables. */
export interface SearchDocument {
  readonly imageId: number;
  readonly modified: number;
  /** Asked for at the end of the transaction only: what unpacks its texts need not keep them all until then. */
  readonly source: { readonly path: string; readonly text: string };
  readonly tagIds: readonly number[];
}

/** How a tag id is spelled in `search_tags`. */
export function tagToken(tagId: number): string {
  return tagId.toString(36);
}

/**
 * The rows of the full-text tables, numbered in runs of rising (modified, image id).
 *
 * All writing waits until `flush`: FTS5 writes its pending rows out at every savepoint, and SQLite opens one for many
 * an ordinary statement, so mixing both makes indexing several times slower.
 */
export class SearchDocuments {
  readonly #insertText: Statement;
  readonly #insertPath: Statement;
  readonly #insertTags: Statement;
  readonly #replaceTags: Statement;
  readonly #deleteText: Statement;
  readonly #deletePath: Statement;
  readonly #deleteTags: Statement;
  readonly #saveRun: Statement;
  readonly #latestRun: Statement<[], RunRow>;
  readonly #tokenizer = new SearchTokenizer();
  readonly #samples: NgramSamples;
  readonly #words: WordList;
  #run: Run | undefined;
  #savedRunEnd = 0;
  #added: (SearchDocument & { readonly doc: number })[] = [];
  #removed: number[] = [];
  readonly #retagged = new Map<number, readonly number[]>();

  constructor(db: Sqlite) {
    this.#insertText = db.prepare('INSERT INTO search_text (rowid, tokens) VALUES (?, ?)');
    this.#insertPath = db.prepare('INSERT INTO search_path (rowid, body) VALUES (?, ?)');
    this.#insertTags = db.prepare('INSERT INTO search_tags (rowid, ids) VALUES (?, ?)');
    this.#replaceTags = db.prepare('INSERT OR REPLACE INTO search_tags (rowid, ids) VALUES (?, ?)');
    this.#deleteText = db.prepare('DELETE FROM search_text WHERE rowid = ?');
    this.#deletePath = db.prepare('DELETE FROM search_path WHERE rowid = ?');
    this.#deleteTags = db.prepare('DELETE FROM search_tags WHERE rowid = ?');
    this.#samples = new NgramSamples(db);
    this.#words = new WordList(db);
    this.#saveRun = db.prepare('INSERT OR REPLACE INTO search_run VALUES (?, ?, ?, ?)');
    this.#latestRun = db.prepare('SELECT * FROM search_run ORDER BY first_doc DESC LIMIT 1');
  }

  /** Forgets what was remembered of the file; to be called where another program may have written. */
  reload(): void {
    this.discard();
    this.#words.clear();
    const row = this.#latestRun.get();
    this.#run = row && {
      firstDoc: row.first_doc,
      lastDoc: row.last_doc,
      lastModified: row.last_modified,
      lastImageId: row.last_image_id,
    };
    this.#savedRunEnd = row?.last_doc ?? 0;
  }

  /** Adds a document and gives its number. Cheapest when called in the order of (modified, image id). */
  append(document: SearchDocument): number {
    const doc = this.#nextDoc(document.modified, document.imageId);
    this.#added.push({ ...document, doc });
    return doc;
  }

  /** Writes a document anew that keeps its number, since its time is the same. */
  rewrite(doc: number, document: SearchDocument): void {
    this.remove(doc);
    this.#added.push({ ...document, doc });
  }

  replaceTags(doc: number, tagIds: readonly number[]): void {
    this.#retagged.set(doc, tagIds);
  }

  remove(doc: number): void {
    this.#removed.push(doc);
  }

  /** Writes what was gathered; must end every transaction. */
  flush(): void {
    for (const doc of this.#removed) {
      this.#deleteText.run(doc);
      this.#deletePath.run(doc);
      this.#deleteTags.run(doc);
    }
    for (const { doc, source, tagIds } of this.#added.sort((a, b) => a.doc - b.doc)) {
      const { path, text } = source;
      const tokens = this.#tokenizer.tokens(path, text);
      this.#words.add(tokens);
      if (doc % sampledEvery === 0) this.#samples.add(tokens.row, trigrams(foldText(path)));
      this.#insertText.run(doc, tokens.row);
      this.#insertPath.run(doc, searchBody(path));
      this.#insertTags.run(doc, tagIds.map(tagToken).join(' '));
    }
    // FTS5 takes documents in rising order without writing each out.
    for (const [doc, tagIds] of [...this.#retagged].sort(([a], [b]) => a - b)) {
      this.#replaceTags.run(doc, tagIds.map(tagToken).join(' '));
    }
    this.#words.flush();
    this.#samples.flush();
    this.#saveRunIfGrown();
    this.discard();
  }

  /** Forgets what was gathered, after a transaction that was rolled back. */
  discard(): void {
    this.#added = [];
    this.#removed = [];
    this.#retagged.clear();
  }

  #saveRunIfGrown(): void {
    const run = this.#run;
    if (run === undefined || run.lastDoc === this.#savedRunEnd) return;
    this.#saveRun.run(run.firstDoc, run.lastDoc, run.lastModified, run.lastImageId);
    this.#savedRunEnd = run.lastDoc;
  }

  #nextDoc(modified: number, imageId: number): number {
    const run = this.#run;
    const rises =
      run !== undefined &&
      (modified > run.lastModified || (modified === run.lastModified && imageId > run.lastImageId));
    const doc = (run?.lastDoc ?? 0) + 1;
    if (!rises) this.#saveRunIfGrown();
    this.#run = {
      firstDoc: rises ? run.firstDoc : doc,
      lastDoc: doc,
      lastModified: modified,
      lastImageId: imageId,
    };
    return doc;
  }
}
