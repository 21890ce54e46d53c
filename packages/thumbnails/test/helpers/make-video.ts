import {
  loadLibavForWriting,
  type LibavEncoder,
  type LibavForWriting,
  type LibavOutput,
  type WritableFrame,
  type WritableStream,
} from './libav-for-writing.ts';
import { quarters, type Colour } from './pixels.ts';

// SVT-AV1 does not ask FFmpeg; 0 is fatal errors only.
process.env['SVT_LOG'] = '0';

/** How to encode a video. */
export interface VideoForm {
  /** FFmpeg's name of an encoder. Default `mpeg4`. */
  readonly codec?: string;
  /** How the encoder wants its pixels. Default `yuv420p`. */
  readonly pixels?: 'yuv420p' | 'rgb24';
  readonly width?: number;
  readonly height?: number;
  readonly framesPerSecond?: number;
  /** Frames from one key frame to the next. Default 12. */
  readonly keyEvery?: number;
  /** Width of a pixel over its height, as a fraction. */
  readonly pixelAspect?: readonly [number, number];
  /** Brightness from 0 to 255 as in JPEG, in place of 16 to 235. */
  readonly fullRange?: boolean;
  /** Primaries and transfer by ITU-T H.273; only told, the colours stay as they are given. */
  readonly coding?: readonly [number, number];
  /** Leaves the lengths of the frames out, as some tools do that write one frame. */
  readonly withoutDurations?: boolean;
  /** Degrees that a player has to turn the frame by, clockwise. */
  readonly turn?: 0 | 90 | 180 | 270;
}

/** The colours of the four quarters of one frame. */
export type VideoFrame = readonly Colour[];

/** Writes a real video, its container chosen by the ending of the name. */
export async function makeVideo(
  path: string,
  frames: readonly VideoFrame[],
  form: VideoForm = {},
): Promise<void> {
  const libav = await loadLibavForWriting();
  const check = checkWith(libav);
  const { width = 160, height = 90, framesPerSecond = 10 } = form;
  const codec = libav.Codec.findEncoderByName(form.codec ?? 'mpeg4');
  if (!codec) throw new Error(`node-av has no encoder ${form.codec}`);
  const output = new libav.FormatContext();
  check(output.allocOutputContext2(null, null, path));
  const stream = output.newStream(codec);
  const encoder = new libav.CodecContext();
  encoder.allocContext3(codec);
  encoder.width = width;
  encoder.height = height;
  const format = form.pixels === 'rgb24' ? libav.AV_PIX_FMT_RGB24 : libav.AV_PIX_FMT_YUV420P;
  encoder.pixelFormat = format;
  encoder.timeBase = new libav.Rational(1, framesPerSecond);
  encoder.framerate = new libav.Rational(framesPerSecond, 1);
  encoder.gopSize = form.keyEvery ?? 12;
  encoder.maxBFrames = 0;
  encoder.bitRate = 2_000_000n;
  const range = form.fullRange ? libav.AVCOL_RANGE_JPEG : libav.AVCOL_RANGE_MPEG;
  encoder.colorRange = range;
  if (form.coding) [encoder.colorPrimaries, encoder.colorTrc] = form.coding;
  if (form.pixelAspect) encoder.sampleAspectRatio = new libav.Rational(...form.pixelAspect);
  if (output.oformat?.hasFlags(libav.AVFMT_GLOBALHEADER)) {
    encoder.setFlags(libav.AV_CODEC_FLAG_GLOBAL_HEADER);
  }
  check(await encoder.open2(codec, null));
  check(stream.codecpar.fromContext(encoder));
  stream.timeBase = encoder.timeBase;
  if (form.pixelAspect) stream.sampleAspectRatio = new libav.Rational(...form.pixelAspect);
  if (form.turn) check(addTurn(libav, stream, form.turn));
  check(await output.openOutput());
  check(await output.writeHeader(null));
  for (const [index, colours] of frames.entries()) {
    const frame = await asFrame(libav, colours, { width, height, range, format });
    frame.pts = BigInt(index);
    check(await encoder.sendFrame(frame));
    frame.free();
    await writePackets(libav, { encoder, stream, output, form });
  }
  check(await encoder.sendFrame(null));
  await writePackets(libav, { encoder, stream, output, form });
  check(await output.writeTrailer());
  await output.closeOutput();
  encoder.freeContext();
}

interface FrameForm {
  readonly width: number;
  readonly height: number;
  readonly range: number;
  readonly format: number;
}

async function asFrame(
  libav: LibavForWriting,
  colours: VideoFrame,
  { width, height, range, format }: FrameForm,
): Promise<WritableFrame> {
  const check = checkWith(libav);
  const { data } = await quarters(width, height, colours)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  using source = libav.Frame.fromVideoBuffer(data, {
    width,
    height,
    format: libav.AV_PIX_FMT_RGBA,
  });
  const frame = new libav.Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = format;
  frame.colorRange = range;
  check(frame.getBuffer(0));
  using scaler = new libav.SoftwareScaleContext();
  scaler.allocContext();
  check(await scaler.scaleFrame(frame, source));
  return frame;
}

interface Writing {
  readonly encoder: LibavEncoder;
  readonly stream: WritableStream;
  readonly output: LibavOutput;
  readonly form: VideoForm;
}

async function writePackets(
  libav: LibavForWriting,
  { encoder, stream, output, form }: Writing,
): Promise<void> {
  using packet = new libav.Packet();
  packet.alloc();
  while ((await encoder.receivePacket(packet)) >= 0) {
    packet.streamIndex = stream.index;
    // Without B-frames both are the same; x265 leaves one unset for a single frame.
    packet.dts = packet.pts;
    if (!form.withoutDurations) packet.duration = 1n;
    packet.rescaleTs(encoder.timeBase, stream.timeBase);
    checkWith(libav)(await output.interleavedWriteFrame(packet));
  }
}

/** The display matrix of ISO/IEC 14496-12 for a turn: 16.16 numbers, the last column 2.30. */
function addTurn(libav: LibavForWriting, stream: WritableStream, turn: 90 | 180 | 270): number {
  const [cos, sin] = { 90: [0, 1], 180: [-1, 0], 270: [0, -1] }[turn] as [number, number];
  const matrix = [cos, sin, 0, -sin, cos, 0, 0, 0, 1];
  const bytes = Buffer.alloc(36);
  for (const [index, value] of matrix.entries()) {
    bytes.writeInt32LE(value * (index === 8 ? 2 ** 30 : 2 ** 16), index * 4);
  }
  return stream.codecpar.addCodedSideData(libav.AV_PKT_DATA_DISPLAYMATRIX, bytes);
}

function checkWith(libav: LibavForWriting): (code: number) => void {
  return (code) => libav.FFmpegError.throwIfError(code, 'encoding a test video');
}
