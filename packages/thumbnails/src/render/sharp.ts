import sharpModule from 'sharp';

// One render at a time in a process: other cores belong to other processes.
sharpModule.concurrency(1);
// libvips remembers opened files by path, which would show the old content of a changed file.
sharpModule.cache(false);

// A libvips of the system may bring loaders that run other programs (ImageMagick, PDF).
sharpModule.block({ operation: ['VipsForeignLoad'] });
sharpModule.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Svg', 'Heif', 'Jxl', 'Jp2k'].map(
    (format) => `VipsForeignLoad${format}`,
  ),
});

export { sharpModule as sharp };
