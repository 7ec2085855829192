"""Archives whose bytes depend on their content only: names are sorted, and times, owners and modes are fixed."""
import gzip
import io
import tarfile
import time as clock
import zipfile


def mode(path, executables):
    return 0o755 if path in executables else 0o644


def tar_gz(files, executables, time, root=""):
    """A compressed tar archive.

    files: the content of each file, by path.
    executables: the paths that can be executed.
    time: the time of all entries, in seconds since 1970.
    root: the directory that contains everything, with a slash; it has an entry of its own, and so have its directories.
    """
    data = io.BytesIO()
    with gzip.GzipFile(fileobj=data, mode="wb", compresslevel=9, mtime=time, filename="") as compressed, \
            tarfile.open(fileobj=compressed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted({*files, *folders(files)}):
            entry = tarfile.TarInfo((root + path).rstrip("/"))
            entry.mtime = time
            if path in files:
                entry.size = len(files[path])
                entry.mode = mode(path, executables)
                archive.addfile(entry, io.BytesIO(files[path]))
            else:
                entry.type, entry.mode = tarfile.DIRTYPE, 0o755
                archive.addfile(entry)
    return data.getvalue()


def folders(files):
    """The directories of files, each with a slash at its end."""
    parts = [path.split("/")[:-1] for path in files]
    return {"/".join(names[:depth]) + "/" for names in parts for depth in range(1, len(names) + 1)}


def zip_archive(files, executables, time):
    """A zip archive with the files in the given order."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, clock.gmtime(max(time, 315532800))[:6])
            entry.create_system = 3
            entry.external_attr = (0o100000 | mode(path, executables)) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return data.getvalue()
