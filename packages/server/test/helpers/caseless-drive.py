# A drive on which the case of names does not count, as on exFAT, NTFS and macOS: caseless-drive.py FOLDER MOUNT_POINT
import errno
import os
import sys

from fusepy import FUSE, FuseOSError, Operations

TOLD = (
    'st_atime', 'st_ctime', 'st_gid', 'st_ino', 'st_mode', 'st_mtime', 'st_nlink', 'st_size', 'st_uid',
)


class Caseless(Operations):
    def __init__(self, folder):
        self.folder = folder

    def __call__(self, name, *args):
        try:
            return super().__call__(name, *args)
        except OSError as error:
            raise FuseOSError(error.errno)

    def stored(self, path):
        """Where something is stored: under the spelling that its folder has."""
        place = self.folder
        for name in filter(None, path.split('/')):
            try:
                known = os.listdir(place)
            except OSError:
                known = []
            alike = [other for other in known if other.lower() == name.lower()]
            place = os.path.join(place, name if name in alike or not alike else alike[0])
        return place

    def getattr(self, path, handle=None):
        stats = os.lstat(self.stored(path))
        return {field: getattr(stats, field) for field in TOLD}

    def readdir(self, path, handle):
        return ['.', '..', *os.listdir(self.stored(path))]

    def open(self, path, flags):
        return os.open(self.stored(path), flags)

    def create(self, path, mode, info=None):
        return os.open(self.stored(path), os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)

    def read(self, path, length, offset, handle):
        return os.pread(handle, length, offset)

    def write(self, path, data, offset, handle):
        return os.pwrite(handle, data, offset)

    def truncate(self, path, length, handle=None):
        os.truncate(self.stored(path), length)

    def release(self, path, handle):
        os.close(handle)

    def mkdir(self, path, mode):
        os.mkdir(self.stored(path), mode)

    def rmdir(self, path):
        os.rmdir(self.stored(path))

    def unlink(self, path):
        os.unlink(self.stored(path))

    def link(self, target, source):
        raise FuseOSError(errno.EPERM)

    def rename(self, old, new):
        place = self.stored(new)
        os.rename(self.stored(old), os.path.join(os.path.dirname(place), os.path.basename(new)))

    def utimens(self, path, times=None):
        os.utime(self.stored(path), times)


FUSE(Caseless(sys.argv[1]), sys.argv[2], foreground=True, nothreads=True, use_ino=True, attr_timeout=0, entry_timeout=0)
