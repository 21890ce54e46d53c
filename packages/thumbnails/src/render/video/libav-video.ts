import type { Sharp } from 'sharp';

import type { VideoInfo } from '../../video-info.ts';
import type { Libav, LibavFrame, LibavPacket } from './libav.ts';
import { asPicture } from './libav-frame.ts';
import { openInput, type LibavInput } from './libav-input.ts';
import type { VideoReader } from './video-reader.ts';
import type { VideoRequest } from './video-request.ts';
import { readDisplayMatrix, squareSize, turned, type Orientation } from './orientation.ts';
import { ratio } from './ratio.ts';

// From here on a jump to a key frame is cheaper than decoding what lies between.
const seekBeyondSeconds = 2;
// Several times the usual distance between key frames, with sound between.
const maxPacketsPerFrame = 3000;
const microsecondsPerSecond = 1_000_000;

export async function openWithLibav(libav: Libav, request: VideoRequest): Promise<VideoReader> {
  return new LibavVideo(libav, await openInput(libav, request), request);
}

class LibavVideo implements VideoReader {
  readonly info: VideoInfo;
  readonly #libav: Libav;
  readonly #input: LibavInput;
  readonly #orientation: Orientation;
  readonly #aspect: number;
  readonly #form: Pick<VideoRequest, 'box' | 'coding'>;
  readonly #packet: LibavPacket;
  readonly #frame: LibavFrame;
  /** Seconds after the start that have been decoded; undefined at the end of the file. */
  #position: number | undefined = 0;

  constructor(libav: Libav, input: LibavInput, { box, coding }: VideoRequest) {
    const { codecpar, sampleAspectRatio } = input.stream;
    this.#libav = libav;
    this.#input = input;
    this.#orientation = readDisplayMatrix(codecpar.getCodedSideData(libav.AV_PKT_DATA_DISPLAYMATRIX));
    this.#aspect = ratio(sampleAspectRatio) ?? ratio(codecpar.sampleAspectRatio) ?? 1;
    this.#form = { ...(box && { box }), coding };
    this.#packet = new libav.Packet();
    this.#packet.alloc();
    this.#frame = new libav.Frame();
    this.#frame.alloc();
    this.info = this.#describe();
  }

  async frameAt(seconds: number): Promise<Sharp | undefined> {
    await this.#seek(seconds);
    const found = await this.#decodeUntil(seconds);
    if (!found) return undefined;
    const picture = { aspect: this.#aspect, orientation: this.#orientation, ...this.#form };
    return asPicture(this.#libav, this.#frame, picture);
  }

  async close(): Promise<void> {
    this.#frame.free();
    this.#packet.free();
    this.#input.decoder.freeContext();
    await this.#input.file.closeInput();
  }

  async #seek(seconds: number): Promise<void> {
    const { file, stream, decoder } = this.#input;
    const ahead = this.#position === undefined ? -1 : seconds - this.#position;
    if (ahead >= 0 && ahead <= seekBeyondSeconds) return;
    const target = BigInt(Math.round(seconds / (ratio(stream.timeBase) ?? 1))) + this.#start();
    await file.seekFrame(stream.index, target, this.#libav.AVSEEK_FLAG_BACKWARD);
    decoder.flushBuffers();
    this.#position = 0;
  }

  /** Decodes until a frame at or after `seconds` is in `#frame`. */
  async #decodeUntil(seconds: number): Promise<boolean> {
    const { file, stream, decoder } = this.#input;
    for (let packets = 0; packets < maxPacketsPerFrame; packets++) {
      while ((await decoder.receiveFrame(this.#frame)) >= 0) {
        this.#position = this.#secondsOf(this.#frame) ?? seconds;
        if (this.#position >= seconds) return true;
      }
      if (this.#position === undefined) return false;
      if ((await file.readFrame(this.#packet)) < 0) {
        await decoder.sendPacket(null);
        this.#position = undefined;
      } else {
        // A damaged packet is refused; the next key frame may be whole.
        if (this.#packet.streamIndex === stream.index) await decoder.sendPacket(this.#packet);
        this.#packet.unref();
      }
    }
    return false;
  }

  #secondsOf(frame: LibavFrame): number | undefined {
    const time = frame.bestEffortTimestamp;
    if (time === this.#libav.AV_NOPTS_VALUE) return undefined;
    return Number(time - this.#start()) * (ratio(this.#input.stream.timeBase) ?? 1);
  }

  #start(): bigint {
    const { startTime } = this.#input.stream;
    return startTime === this.#libav.AV_NOPTS_VALUE ? 0n : startTime;
  }

  #describe(): VideoInfo {
    const { file, stream } = this.#input;
    const { codecpar } = stream;
    const size = squareSize(codecpar.width, codecpar.height, this.#aspect);
    const seconds = file.duration > 0n ? Number(file.duration) / microsecondsPerSecond : undefined;
    const frameRate = ratio(stream.avgFrameRate);
    const isAudio = (other: typeof stream): boolean =>
      other.codecpar.codecType === this.#libav.AVMEDIA_TYPE_AUDIO;
    return {
      ...(seconds !== undefined && { durationSeconds: seconds }),
      ...turned(size, this.#orientation),
      codec: this.#libav.avGetCodecName(codecpar.codecId) ?? 'unknown',
      container: file.iformat?.name ?? 'unknown',
      ...(frameRate !== undefined && { frameRate }),
      hasAudio: file.streams.some(isAudio),
    };
  }
}
