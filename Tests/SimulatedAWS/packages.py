"""Wheels, and an index on the loopback interface that serves them, if wanted only to those who know its password."""
import base64
import hashlib
import http.server
import io
import threading
import zipfile


def wheel(name, version, files, tag="py3-none-any"):
    """The file name and the content of a wheel with Python files."""
    info = f"{name}-{version}.dist-info"
    files = dict(files)
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    files[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n"
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
        record += f"{path},sha256={digest},{len(text.encode())}\n"
    files[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0)), text)
    return f"{name}-{version}-{tag}.whl", buffer.getvalue()


class Index:
    """A simple index (PEP 503). With `password`, it requires basic authentication as the user `ada`."""

    def __init__(self, *wheels, password=None):
        self.wheels, self.refused = dict(wheels), 0
        expected = password and "Basic " + base64.b64encode(f"ada:{password}".encode()).decode()
        index = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                if expected and self.headers.get("Authorization") != expected:
                    index.refused += 1
                    return self.send(401, b"who are you?", [("WWW-Authenticate", "Basic realm=index")])
                *_, parent, last = ["", *self.path.strip("/").split("/")]
                if last in index.wheels:
                    return self.send(200, index.wheels[last])
                files = [name for name in index.wheels if name.split("-")[0] == last]
                if not files:
                    return self.send(404, b"")
                links = "".join(
                    f'<a href="/files/{name}#sha256={hashlib.sha256(index.wheels[name]).hexdigest()}">{name}</a>'
                    for name in files
                )
                self.send(200, f"<!DOCTYPE html><html><body>{links}</body></html>".encode(), [("Content-Type", "text/html")])

            do_HEAD = do_GET

            def send(self, status, content, fields=()):
                self.send_response(status)
                for field in [*fields, ("Content-Length", str(len(content)))]:
                    self.send_header(*field)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self):
        return f"127.0.0.1:{self.server.server_port}"

    def lock(self, name, version):
        """A `pylock.toml` with a distribution."""
        lines = ['lock-version = "1.0"', 'created-by = "test"', "[[packages]]", f'name = "{name}"', f'version = "{version}"']
        for file, content in self.wheels.items():
            if file.startswith(f"{name}-{version}-"):
                digest = hashlib.sha256(content).hexdigest()
                lines += [
                    "[[packages.wheels]]", f'name = "{file}"', f'url = "http://{self.address}/files/{file}"',
                    f'hashes = {{sha256 = "{digest}"}}',
                ]
        return "\n".join(lines) + "\n"
