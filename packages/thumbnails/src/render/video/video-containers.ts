/**
 * The containers that are opened, by FFmpeg's names. FFmpeg knows formats that name other files and
 * addresses (play lists, concat scripts, SDP): a file of such a kind must not make us fetch anything.
 */
export const containerFormats = [
  'mov',
  'matroska',
  'avi',
  'mpegts',
  'flv',
  'asf',
  'mpeg',
  'mpegvideo',
  'm4v',
  'h264',
  'hevc',
  'av1',
  'ivf',
  'ogg',
  'mxf',
  'rm',
].join(',');

/** The image formats that FFmpeg opens where sharp cannot. */
export const imageFormats = [
  'mov',
  'jpegxl_pipe',
  'jpegxl_anim',
  'j2k_pipe',
  'bmp_pipe',
  'ico',
  'psd_pipe',
].join(',');

/** The only protocol that is opened. */
export const allowedProtocols = 'file';
