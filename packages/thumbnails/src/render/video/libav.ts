/**
 * The parts of node-av that are used, which is FFmpeg's own interface: what allocates has to be freed, and numbers below
 * zero are errors. Written out here, as the package is there only where somebody installed it.
 */
export interface Libav {
  readonly Codec: { findDecoder(id: number): LibavCodec | null };
  readonly CodecContext: new () => LibavDecoder;
  readonly Dictionary: { fromObject(entries: Readonly<Record<string, string | number>>): LibavOptions };
  readonly FFmpegError: {
    strerror(code: number): string;
    throwIfError(code: number, operation: string): void;
  };
  readonly FormatContext: new () => LibavFile;
  readonly Frame: new () => LibavFrame;
  readonly Log: { setLevel(level: number): void };
  readonly Packet: new () => LibavPacket;
  readonly SoftwareScaleContext: new () => LibavScaler;
  avGetCodecName(id: number): string | null;

  readonly AVERROR_DECODER_NOT_FOUND: number;
  readonly AVMEDIA_TYPE_AUDIO: number;
  readonly AVMEDIA_TYPE_VIDEO: number;
  readonly AVSEEK_FLAG_BACKWARD: number;
  readonly AVCOL_PRI_UNSPECIFIED: number;
  readonly AVCOL_TRC_UNSPECIFIED: number;
  readonly AV_DISPOSITION_DEPENDENT: number;
  readonly AV_LOG_QUIET: number;
  readonly AV_NOPTS_VALUE: bigint;
  readonly AV_PIX_FMT_RGBA: number;
  readonly AV_PIX_FMT_RGBA64LE: number;
  readonly AV_PKT_DATA_DISPLAYMATRIX: number;
}

/** A codec that FFmpeg was built with, to be handed on. */
export interface LibavCodec {
  readonly name: string | null;
}

/** Named options, to be handed on. */
export interface LibavOptions extends Disposable {
  count(): number;
}

/** A fraction; 0/0 for none. */
export interface LibavRational {
  readonly num: number;
  readonly den: number;
}

/** A file that is open, with its streams. */
export interface LibavFile {
  /** Microseconds. */
  readonly duration: bigint;
  readonly iformat: { readonly name: string | null } | null;
  readonly streams: readonly LibavStream[];
  allocContext(): void;
  openInput(url: string, format: null, options: LibavOptions | null): Promise<number>;
  findStreamInfo(options: null): Promise<number>;
  findBestStream(
    mediaType: number,
    wanted: number,
    related: number,
    withDecoder: true,
  ): { streamIndex: number; decoder: LibavCodec | null };
  readFrame(packet: LibavPacket): Promise<number>;
  seekFrame(streamIndex: number, time: bigint, flags: number): Promise<number>;
  closeInput(): Promise<void>;
}

export interface LibavStream {
  readonly index: number;
  readonly id: number;
  readonly codecpar: LibavParameters;
  readonly timeBase: LibavRational;
  readonly startTime: bigint;
  readonly disposition: number;
  readonly sampleAspectRatio: LibavRational;
  readonly avgFrameRate: LibavRational;
}

/** What a container tells about the codec of a stream. */
export interface LibavParameters {
  readonly codecType: number;
  readonly codecId: number;
  readonly width: number;
  readonly height: number;
  readonly sampleAspectRatio: LibavRational;
  getCodedSideData(kind: number): Buffer | null;
}

export interface LibavDecoder extends Disposable {
  threadCount: number;
  allocContext3(codec: LibavCodec | null): void;
  parametersToContext(parameters: LibavParameters): number;
  open2(codec: LibavCodec | null, options: LibavOptions | null): Promise<number>;
  sendPacket(packet: LibavPacket | null): Promise<number>;
  receiveFrame(frame: LibavFrame): Promise<number>;
  flushBuffers(): void;
  freeContext(): void;
}

/** A picture, as pixels. */
export interface LibavFrame extends Disposable {
  width: number;
  height: number;
  format: number;
  /** Code points of ITU-T H.273, as the next. */
  colorPrimaries: number;
  colorTrc: number;
  readonly bestEffortTimestamp: bigint;
  alloc(): void;
  getBuffer(align: number): number;
  toBuffer(): Buffer;
  free(): void;
}

/** A piece of a stream, as it lies in the file. */
export interface LibavPacket extends Disposable {
  readonly streamIndex: number;
  alloc(): void;
  unref(): void;
  free(): void;
}

/** Converts frames to another size and form of pixels. */
export interface LibavScaler extends Disposable {
  allocContext(): void;
  scaleFrame(target: LibavFrame, source: LibavFrame): Promise<number>;
}
