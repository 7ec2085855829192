"""A simple package index (PEP 503, PEP 691) of the files in a folder, on the loopback interface.

usage: index_server.py FOLDER

Prints its port, then serves until its standard input ends. `faults.json` in the folder, read for every request, maps
the names of files and projects to faults: "404", "500", "once-500", "truncate" (the first request), "truncate-always",
"slow" (half, then a pause), "drip" (small pieces with pauses between), "rubbish", "stall", "corrupt", "wrong-hash", an address (a redirect to it), "login" (basic credentials user:secret). Requests are noted in `requests.log`, a line each.
"""
import base64
import hashlib
import http.server
import json
import os
import re
import sys
import threading
import time
import zipfile

FOLDER = sys.argv[1]
SEEN = {}
LOCK = threading.Lock()


def normalize(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def project(file):
    if file.endswith(".whl"):
        return normalize(file.split("-")[0])
    return normalize(re.sub(r"\.(tar\.gz|zip)$", "", file).rsplit("-", 1)[0])


def metadata(file):
    """The METADATA of a wheel (PEP 658), None where it cannot be read."""
    try:
        with zipfile.ZipFile(os.path.join(FOLDER, file)) as wheel:
            names = [n for n in wheel.namelist() if n.endswith(".dist-info/METADATA") and n.count("/") == 1]
            return wheel.read(names[0]) if names else None
    except (OSError, zipfile.BadZipFile):
        return None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    fault = None

    def log_message(self, *_):
        pass

    def faults(self):
        try:
            with open(os.path.join(FOLDER, "faults.json")) as file:
                return json.load(file)
        except FileNotFoundError:
            return {}

    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.write(body)

    def write(self, body):
        if self.fault != "drip":
            return self.wfile.write(body)
        size = -(-len(body) // 8)
        for start in range(0, len(body), size):
            time.sleep(0.5)
            self.wfile.write(body[start:start + size])
            self.wfile.flush()

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        path = self.path.split("?")[0]
        with LOCK:
            with open(os.path.join(FOLDER, "requests.log"), "a") as log:
                log.write(f"{self.command} {path} {self.headers.get('Range', '-')}\n")
        parts = [part for part in path.split("/") if part]
        name = parts[-1] if parts else ""
        fault = self.faults().get(name) or self.faults().get("*")
        self.fault = fault
        if fault == "once-500":
            with LOCK:
                SEEN[name] = SEEN.get(name, 0) + 1
                fault = "500" if SEEN[name] == 1 else None
        if fault == "login":
            wanted = "Basic " + base64.b64encode(b"user:secret").decode()
            if self.headers.get("Authorization") != wanted:
                return self.answer(401, b"login", [("WWW-Authenticate", 'Basic realm="index"')])
            fault = None
        if fault and fault.startswith("http://"):
            return self.answer(302, b"", [("Location", fault)])
        if fault in ("404", "500"):
            return self.answer(int(fault), b"fault")
        if fault == "rubbish":
            return self.answer(200, b"<html>please log in</html>", [("Content-Type", "application/json")])
        if fault == "stall":
            time.sleep(30)
            return self.answer(500)
        if parts[:1] == ["simple"] and len(parts) == 2:
            return self.page(name)
        if parts[:1] == ["files"] and name.endswith(".whl.metadata"):
            found = metadata(name.removesuffix(".metadata"))
            return self.answer(404, b"nothing here") if found is None else self.answer(200, found)
        if parts[:1] == ["files"] and len(parts) == 2 and os.path.isfile(os.path.join(FOLDER, name)):
            return self.file(name, fault)
        return self.answer(404, b"nothing here")

    def page(self, name):
        files = [f for f in sorted(os.listdir(FOLDER)) if f.endswith((".whl", ".tar.gz")) and project(f) == name]
        if not files:
            return self.answer(404, b"no such project")
        entries = []
        for file in files:
            with open(os.path.join(FOLDER, file), "rb") as opened:
                digest = hashlib.sha256(opened.read()).hexdigest()
            if self.faults().get(file) == "wrong-hash":
                digest = "0" * 64
            entries.append((file, digest))
        if "json" in self.headers.get("Accept", "") and self.faults().get("format") != "html":
            body = json.dumps({
                "meta": {"api-version": "1.0"}, "name": name,
                "files": [
                    {"filename": f, "url": f"../../files/{f}", "hashes": {"sha256": d},
                     "core-metadata": metadata(f) is not None}
                    for f, d in entries
                ],
            }).encode()
            return self.answer(200, body, [("Content-Type", "application/vnd.pypi.simple.v1+json")])
        links = "".join(f'<a href="../../files/{f}#sha256={d}">{f}</a><br>\n' for f, d in entries)
        return self.answer(200, f"<!DOCTYPE html><html><body>\n{links}</body></html>".encode(),
                           [("Content-Type", "text/html; charset=utf-8")])

    def file(self, name, fault):
        with open(os.path.join(FOLDER, name), "rb") as opened:
            body = opened.read()
        if fault == "corrupt":
            body = body[:-1] + bytes([body[-1] ^ 1])
        status, headers, start = 200, [("Content-Type", "application/octet-stream"), ("Accept-Ranges", "bytes")], 0
        wanted = re.match(r"bytes=(\d+)-(\d*)$", self.headers.get("Range", ""))
        whole = len(body)
        if wanted:
            start = int(wanted.group(1))
            end = int(wanted.group(2)) if wanted.group(2) else whole - 1
            if start >= whole:
                return self.answer(416, b"", [("Content-Range", f"bytes */{whole}")])
            status = 206
            headers.append(("Content-Range", f"bytes {start}-{min(end, whole - 1)}/{whole}"))
            body = body[start:end + 1]
        if fault in ("truncate", "truncate-always") and (start == 0 or fault == "truncate-always"):
            self.send_response(status)
            for key, value in headers:
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body[: len(body) // 2])
                self.wfile.flush()
            self.close_connection = True
            return None
        if fault == "slow" and start == 0 and self.command == "GET":
            self.send_response(status)
            for key, value in headers:
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            time.sleep(30)
            self.wfile.write(body[len(body) // 2:])
            return None
        return self.answer(status, body, headers)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
