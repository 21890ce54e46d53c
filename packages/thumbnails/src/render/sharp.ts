import sharpModule from 'sharp';

// One render at a time in a process: other cores belong to other processes.
sharpModule.concurrency(1);
// libvips remembers opened files by path, which would show the old content of a changed file.
sharpModule.cache(false);

export { sharpModule as sharp };
