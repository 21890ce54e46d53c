import type { Statement } from 'better-sqlite3';
import { foldText } from '@iib-kit/catalog/text';
import { searchBody } from '../../ngram-index/search-body.ts';
import { SearchTokenizer } from '../../ngram-index/search-tokenizer.ts';
import { trigrams } from '../../ngram-index/trigrams.ts';
import { NgramSamples, sampledEvery } from './ngram-samples.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { SearchRuns } from './search-runs.ts';
import { WordList } from './word-list.ts';

/** What one image contributes to the full-text tables. */
export interface SearchDocument {
  readonly imageId: number;
  readonly modified: number;
  /** Asked for at the end of the transaction only: what unpacks its texts need not keep them all until then. */
  readonly source: { readonly path: string; readonly text: string };
  readonly tagIds: readonly number[];
}

interface AddedDocument extends SearchDocument {
  readonly doc: number;
  /** Whether it was there under another number. */
  readonly isMoved?: boolean;
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
  readonly #setDoc: Statement;
  readonly runs: SearchRuns;
  readonly #tokenizer = new SearchTokenizer();
  readonly #samples: NgramSamples;
  readonly #words: WordList;
  #added: AddedDocument[] = [];
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
    this.#setDoc = db.prepare('UPDATE media_info SET doc = ? WHERE image_id = ?');
    this.runs = new SearchRuns(db);
  }

  /** Forgets what was remembered of the file; to be called where another program may have written. */
  reload(): void {
    this.discard();
    this.#words.clear();
    this.runs.reload();
  }

  /** Forgets which words are known, after some were removed. */
  forgetWords(): void {
    this.#words.clear();
  }

  /** Adds a document and gives its number. Cheapest when called in the order of (modified, image id). */
  append(document: SearchDocument): number {
    const doc = this.runs.add(document);
    this.#added.push({ ...document, doc });
    return doc;
  }

  /** Gives a document another number; what is indexed under the old one is to be removed at some time, since nothing finds it. */
  move(moved: number, document: SearchDocument): void {
    this.#added.push({ ...document, doc: moved, isMoved: true });
    this.#setDoc.run(moved, document.imageId);
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
    // FTS5 takes documents in rising order without writing each out.
    for (const doc of this.#removed.sort((a, b) => a - b)) {
      this.#deleteText.run(doc);
      this.#deletePath.run(doc);
      this.#deleteTags.run(doc);
    }
    for (const { doc, imageId, source, tagIds, isMoved } of this.#added.sort((a, b) => a.doc - b.doc)) {
      const { path, text } = source;
      const tokens = this.#tokenizer.tokens(path, text);
      // Its words are known, and it was sampled if it was to be.
      if (isMoved !== true) {
        this.#words.add(tokens);
        if (imageId % sampledEvery === 0) this.#samples.add(tokens.row, trigrams(foldText(path)));
      }
      this.#insertText.run(doc, tokens.row);
      this.#insertPath.run(doc, searchBody(path));
      this.#insertTags.run(doc, tagIds.map(tagToken).join(' '));
    }
    for (const [doc, tagIds] of [...this.#retagged].sort(([a], [b]) => a - b)) {
      this.#replaceTags.run(doc, tagIds.map(tagToken).join(' '));
    }
    this.#words.flush();
    this.#samples.flush();
    this.runs.flush();
    this.discard();
  }

  /** Forgets what was gathered, after a transaction that was rolled back. */
  discard(): void {
    this.#added = [];
    this.#removed = [];
    this.#retagged.clear();
  }
}
