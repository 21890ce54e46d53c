/** A text with `{parameters}`, or one text per plural form of the parameter `count`. */
export type Message = string | PluralMessage;

export interface PluralMessage {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

export type Messages = Readonly<Record<string, Message>>;

/** The same messages in another language, with that language's plural forms. */
export type Translation<M extends Messages> = {
  readonly [Key in keyof M]: M[Key] extends string ? string : PluralMessage;
};

type ParametersIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersIn<Rest>
  : never;

type TextsOf<M extends Message> = M extends string ? M : Extract<M[keyof M], string>;

/** The parameters of a message: `count` is a number; other numbers are formatted in the current language. */
export type MessageParameters<M extends Message> = M extends string
  ? Readonly<Record<ParametersIn<M>, string | number>>
  : Readonly<{ count: number } & Record<Exclude<ParametersIn<TextsOf<M>>, 'count'>, string | number>>;
