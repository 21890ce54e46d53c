import { HttpError } from '../http/http-error.ts';

/** The bytes of a `data:` URL or of base64 alone; throws `HttpError` 400. Whether they are an image is not looked at. */
export function decodeImage(text: string): Buffer {
  const comma = text.startsWith('data:') ? text.indexOf(',') : -1;
  if (text.startsWith('data:') && !/^data:[^,]{0,200};base64$/i.test(text.slice(0, Math.max(comma, 0)))) {
    throw new HttpError(400, 'base64_img is a data: URL that is not in base64');
  }
  const base64 = text.slice(comma + 1);
  if (!/^[\w+/\s-]+={0,2}\s*$/.test(base64)) throw new HttpError(400, 'base64_img is not base64');
  return Buffer.from(base64, 'base64');
}
