/// The module that functions import first if their requirements are in a nested archive (`zip: true`).
package enum UnzipHelper {
    /// The name under which functions import it.
    package static let fileName = "unzip_requirements.py"

    /// The source code of the module.
    ///
    /// The name of the directory contains the size and checksum of the end of the archive, which has the checksums of all
    /// files, so that different archives use different directories. The directory is renamed after it is complete, so that
    /// processes that unpack at the same time, or are stopped, do not leave a partial one.
    package static let source = """
        \"""Makes the packages in .requirements.zip importable. Import this module before any of them.\"""

        import os
        import shutil
        import sys
        import tempfile
        import zipfile
        import zlib


        def _mark(archive):
            with open(archive, "rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - 65536))
                return "%x-%08x" % (size, zlib.crc32(file.read()) & 0xFFFFFFFF)


        def _unpack(archive, folder):
            partial = tempfile.mkdtemp(prefix="requirements-", dir=os.path.dirname(folder))
            try:
                with zipfile.ZipFile(archive) as content:
                    for entry in content.infolist():
                        path = content.extract(entry, partial)
                        if (entry.external_attr >> 16) & 0o100:
                            os.chmod(path, 0o755)
                os.rename(partial, folder)
            except OSError:
                # Another process was faster, or this is a real error.
                if not os.path.isdir(folder):
                    raise
            finally:
                shutil.rmtree(partial, ignore_errors=True)


        def _install():
            archive = os.path.join(os.path.dirname(os.path.abspath(__file__)), ".requirements.zip")
            if not os.path.exists(archive):
                # Outside of Lambda the packages are installed where Python finds them.
                return
            folder = os.path.join(tempfile.gettempdir(), "requirements-" + _mark(archive))
            if not os.path.isdir(folder):
                _unpack(archive, folder)
            sys.path.insert(1, folder)


        _install()

        """
}
