export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** Words for people, in every language that the server speaks. */
export class Text {
  readonly en: string;
  readonly zh: string;

  constructor(en: string, zh: string) {
    this.en = en;
    this.zh = zh;
  }

  in(language: Language): string {
    return this[language];
  }
}

export function text(en: string, zh: string): Text {
  return new Text(en, zh);
}
