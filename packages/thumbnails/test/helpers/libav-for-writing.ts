import type { LibavCodec, LibavFrame, LibavRational, LibavScaler } from '../../src/render/video/libav.ts';
import { loadLibav } from '../../src/render/video/load-libav.ts';

/** The parts of node-av that tests make files with. */
export interface LibavForWriting {
  readonly Codec: {
    findEncoder(id: number): LibavCodec | null;
    findEncoderByName(name: string): LibavCodec | null;
  };
  readonly CodecContext: new () => LibavEncoder;
  readonly FFmpegError: { throwIfError(code: number, operation: string): void };
  readonly FormatContext: new () => LibavOutput & LibavReread;
  readonly Frame: (new () => WritableFrame) & {
    fromVideoBuffer(pixels: Buffer, form: { width: number; height: number; format: number }): WritableFrame;
  };
  readonly Packet: new () => WritablePacket;
  readonly Rational: new (num: number, den: number) => LibavRational;
  readonly SoftwareScaleContext: new () => LibavScaler;

  readonly AVCOL_RANGE_JPEG: number;
  readonly AVCOL_RANGE_MPEG: number;
  readonly AVFMT_GLOBALHEADER: number;
  readonly AVMEDIA_TYPE_VIDEO: number;
  readonly AV_CHANNEL_ORDER_NATIVE: number;
  readonly AV_CODEC_FLAG_GLOBAL_HEADER: number;
  readonly AV_CODEC_ID_PCM_S16LE: number;
  readonly AV_PIX_FMT_RGB24: number;
  readonly AV_PIX_FMT_RGBA: number;
  readonly AV_PIX_FMT_YUV420P: number;
  readonly AV_PKT_DATA_DISPLAYMATRIX: number;
  readonly AV_SAMPLE_FMT_S16: number;
}

export interface LibavEncoder {
  width: number;
  height: number;
  pixelFormat: number;
  timeBase: LibavRational;
  framerate: LibavRational;
  gopSize: number;
  maxBFrames: number;
  bitRate: bigint;
  colorPrimaries: number;
  colorTrc: number;
  colorRange: number;
  sampleAspectRatio: LibavRational;
  sampleRate: number;
  sampleFormat: number;
  channelLayout: { nbChannels: number; order: number; mask: bigint };
  allocContext3(codec: LibavCodec): void;
  setFlags(flag: number): void;
  open2(codec: LibavCodec, options: null): Promise<number>;
  sendFrame(frame: WritableFrame | null): Promise<number>;
  receivePacket(packet: WritablePacket): Promise<number>;
  freeContext(): void;
}

export interface LibavOutput {
  readonly oformat: { hasFlags(flag: number): boolean } | null;
  allocOutputContext2(format: null, name: null, path: string): number;
  newStream(codec: LibavCodec): WritableStream;
  openOutput(): Promise<number>;
  writeHeader(options: null): Promise<number>;
  interleavedWriteFrame(packet: WritablePacket): Promise<number>;
  writeTrailer(): Promise<number>;
  closeOutput(): Promise<void>;
}

/** A file that was written, opened to take its parts out. */
interface LibavReread {
  readonly streams: readonly WritableStream[];
  allocContext(): void;
  openInput(path: string, format: null, options: null): Promise<number>;
  findBestStream(mediaType: number): number;
  readFrame(packet: WritablePacket): Promise<number>;
  closeInput(): Promise<void>;
}

export interface WritableStream {
  readonly index: number;
  readonly codecpar: {
    readonly extradata: Buffer | null;
    fromContext(encoder: LibavEncoder): number;
    addCodedSideData(kind: number, bytes: Buffer): number;
  };
  timeBase: LibavRational;
  sampleAspectRatio: LibavRational;
}

export interface WritableFrame extends LibavFrame {
  pts: bigint;
  colorRange: number;
}

export interface WritablePacket extends Disposable {
  data: Buffer | null;
  streamIndex: number;
  pts: bigint;
  dts: bigint;
  duration: bigint;
  alloc(): void;
  rescaleTs(from: LibavRational, to: LibavRational): void;
}

/** @throws Error where node-av is not installed, for which tests look beforehand (needsNodeAv) */
export async function loadLibavForWriting(): Promise<LibavForWriting> {
  const libav: unknown = await loadLibav();
  if (libav === undefined) throw new Error('node-av is not installed');
  // It is one package; the other interface names what reading needs of it.
  return libav as LibavForWriting;
}
