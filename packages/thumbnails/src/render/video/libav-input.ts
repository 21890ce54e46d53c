import { ThumbnailError } from '../../thumbnail-error.ts';
import type { Libav, LibavDecoder, LibavFile, LibavStream } from './libav.ts';
import type { VideoRequest } from './video-request.ts';
import { allowedProtocols, containerFormats } from './video-containers.ts';
import { checkFrameSize, unopenedVideo, withoutPicture } from './video-failure.ts';

/** A file with its picture stream and the decoder for it. */
export interface LibavInput {
  readonly file: LibavFile;
  readonly stream: LibavStream;
  readonly decoder: LibavDecoder;
}

export async function openInput(libav: Libav, request: VideoRequest): Promise<LibavInput> {
  const file = await openFile(libav, request);
  try {
    return { file, ...(await openDecoder(libav, file, request)) };
  } catch (error) {
    await file.closeInput();
    throw error;
  }
}

/** Opens a file of the formats that are allowed. */
export async function openFile(
  libav: Libav,
  { source: path, formats = containerFormats, ignoreEdits = false }: VideoRequest,
): Promise<LibavFile> {
  const file = new libav.FormatContext();
  file.allocContext();
  using options = libav.Dictionary.fromObject({
    protocol_whitelist: allowedProtocols,
    format_whitelist: formats,
    ...(ignoreEdits && { ignore_editlist: 1 }),
  });
  // The prefix keeps a name such as "http:..." from being read as an address.
  const opened = await file.openInput(`file:${path}`, null, options);
  if (opened < 0) throw unopenedVideo(path, libav.FFmpegError.strerror(opened));
  const found = await file.findStreamInfo(null);
  if (found >= 0) return file;
  await file.closeInput();
  throw unopenedVideo(path, libav.FFmpegError.strerror(found));
}

async function openDecoder(
  libav: Libav,
  file: LibavFile,
  { source: path, maxPixels }: VideoRequest,
): Promise<{ stream: LibavStream; decoder: LibavDecoder }> {
  const best = file.findBestStream(libav.AVMEDIA_TYPE_VIDEO, -1, -1, true);
  const stream = file.streams[best.streamIndex];
  if (best.streamIndex === libav.AVERROR_DECODER_NOT_FOUND || (stream && !best.decoder)) {
    throw new ThumbnailError('unsupported', `${path}: FFmpeg has no decoder for it`, { path });
  }
  if (!stream || !best.decoder) throw withoutPicture(path);
  if ((stream.disposition & libav.AV_DISPOSITION_DEPENDENT) !== 0) {
    throw new ThumbnailError('unsupported', `${path} is put together of tiles`, { path });
  }
  return { stream, decoder: await startDecoder(libav, stream, { source: path, maxPixels }) };
}

/** Starts a decoder for the pictures of a stream. */
export async function startDecoder(
  libav: Libav,
  { codecpar }: LibavStream,
  { source: path, maxPixels }: Pick<VideoRequest, 'source' | 'maxPixels'>,
): Promise<LibavDecoder> {
  checkFrameSize(path, codecpar, maxPixels);
  const codec = libav.Codec.findDecoder(codecpar.codecId);
  const decoder = new libav.CodecContext();
  decoder.allocContext3(codec);
  decoder.parametersToContext(codecpar);
  // Other cores belong to other render processes, and frame threads delay the first frame.
  decoder.threadCount = 1;
  using options = libav.Dictionary.fromObject({ max_pixels: maxPixels });
  const opened = await decoder.open2(codec, options);
  if (opened >= 0) return decoder;
  decoder.freeContext();
  const reason = libav.FFmpegError.strerror(opened);
  throw new ThumbnailError('truncated', `${path}: the decoder cannot start: ${reason}`, { path });
}
