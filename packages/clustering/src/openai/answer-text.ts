const longestText = 200_000;

/**
 * The text of a chat answer: of a message whose content is a text, a list of parts or an object, or of a completion.
 * Parts that hold reasoning are left out. Empty where there is none.
 */
export function answerText(choice: unknown): string {
  if (!isRecord(choice)) return '';
  const message = isRecord(choice['message']) ? choice['message'] : {};
  const content = message['content'] ?? choice['text'];
  const text = Array.isArray(content) ? content.map(textOfPart).join('') : textOfContent(content);
  return text.slice(0, longestText);
}

function textOfContent(content: unknown): string {
  if (typeof content === 'string') return content;
  return isRecord(content) ? textOfPart(content) || JSON.stringify(content) : '';
}

function textOfPart(part: unknown): string {
  if (typeof part === 'string') return part;
  if (!isRecord(part) || typeof part['text'] !== 'string') return '';
  const { type = 'text' } = part;
  return type === 'text' || type === 'output_text' ? part['text'] : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
