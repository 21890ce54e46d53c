import { remember } from '../../text/remember.ts';

const ending = /\.(?:safetensors|sft|ckpt|pt|pth|bin|gguf|onnx)$/i;

/** In no file name of Windows: what has one of these is no path. */
const noPath = /[<>"|?*]/;

/** The name of a model without folders and without the ending of its file; ids such as `urn:air:...` stay whole. */
export function bareModelName(name: string): string {
  return bareNameOf(name);
}

const bareNameOf = remember((name) => {
  if (noPath.test(name)) return name;
  const file = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  const bare = file.replace(ending, '');
  return bare === '' ? name : bare;
});
