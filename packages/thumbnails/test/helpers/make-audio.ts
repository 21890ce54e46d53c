import { loadLibavForWriting } from './libav-for-writing.ts';

const sampleRate = 8000;

/** Writes a second of silence, its container chosen by the ending of the name. */
export async function makeAudio(path: string): Promise<void> {
  const libav = await loadLibavForWriting();
  const check = (code: number): void => libav.FFmpegError.throwIfError(code, 'encoding a test sound');
  const codec = libav.Codec.findEncoder(libav.AV_CODEC_ID_PCM_S16LE);
  if (!codec) throw new Error('node-av has no PCM encoder');
  const output = new libav.FormatContext();
  check(output.allocOutputContext2(null, null, path));
  const stream = output.newStream(codec);
  const encoder = new libav.CodecContext();
  encoder.allocContext3(codec);
  const channelLayout = { nbChannels: 1, order: libav.AV_CHANNEL_ORDER_NATIVE, mask: 4n };
  encoder.sampleRate = sampleRate;
  encoder.sampleFormat = libav.AV_SAMPLE_FMT_S16;
  encoder.channelLayout = channelLayout;
  encoder.timeBase = new libav.Rational(1, sampleRate);
  check(await encoder.open2(codec, null));
  check(stream.codecpar.fromContext(encoder));
  stream.timeBase = encoder.timeBase;
  check(await output.openOutput());
  check(await output.writeHeader(null));
  using packet = new libav.Packet();
  packet.alloc();
  packet.data = Buffer.alloc(sampleRate * 2);
  packet.streamIndex = stream.index;
  packet.pts = 0n;
  packet.dts = 0n;
  packet.duration = BigInt(sampleRate);
  packet.rescaleTs(encoder.timeBase, stream.timeBase);
  check(await output.interleavedWriteFrame(packet));
  check(await output.writeTrailer());
  await output.closeOutput();
  encoder.freeContext();
}
