/** A text with `{parameters}`, or one for each plural form of its parameter `count`. */
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

/** The same keys in another language; a plural stays a plural, with the forms that the language has. */
export type Translation<M extends Messages> = {
  readonly [Key in keyof M]: M[Key] extends string ? string : PluralMessage;
};

type ParametersIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersIn<Rest>
  : never;

type TextsOf<M extends Message> = M extends string ? M : Extract<M[keyof M], string>;

/** What a message needs: `count` is a number, the others are shown as they are, numbers in the user's way. */
export type MessageParameters<M extends Message> = M extends string
  ? Readonly<Record<ParametersIn<M>, string | number>>
  : Readonly<{ count: number } & Record<Exclude<ParametersIn<TextsOf<M>>, 'count'>, string | number>>;
