"""A package index (PEP 503, PEP 691) on the loopback interface, which serves the files in a directory.

usage: index_server.py DIRECTORY

Prints its port, then serves requests until its standard input is closed. `failures.json` in the directory is read for
every request. It maps names of files and projects to failures:

404, 500          respond with this status
once-500          respond with status 500 to the first request
truncate          close the connection after half of the file, except if the request continues a download
truncate-always   close the connection after half of the response, always
no-ranges         send the whole file, even if the request has a range
no-ranges-cut     the same, and close the connection after half of the first response
slow              pause after half of the file until the failures change or the client disconnects, except if the
                  request continues a download
drip              send the response in small pieces with pauses
rubbish           respond with HTML that declares itself as JSON
stall             respond when the failures change, unless the client disconnects before
corrupt           change the last byte of the file
wrong-hash        list the file with an incorrect hash
endless           send the file, then more bytes without an end
later             respond with status 429, and ask to wait for an hour
login             require the user 'user' with the password 'secret'
http://…          redirect to this URL

`requests.log` has one line for each request.
"""
import base64
import hashlib
import http.server
import json
import os
import re
import select
import socket
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
    """The METADATA of a wheel (PEP 658), or None if it cannot be read."""
    try:
        with zipfile.ZipFile(os.path.join(FOLDER, file)) as wheel:
            names = [n for n in wheel.namelist() if n.endswith(".dist-info/METADATA") and n.count("/") == 1]
            return wheel.read(names[0]) if names else None
    except (OSError, zipfile.BadZipFile):
        return None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    failure = None

    def log_message(self, *_):
        pass

    def failures(self):
        try:
            with open(os.path.join(FOLDER, "failures.json")) as file:
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

    def stall(self, name):
        """Sends nothing until the client disconnects or the test changes the failures; returns whether it did."""
        before = self.failures()
        while self.failures() == before:
            if select.select([self.connection], [], [], 0.05)[0] and not self.connection.recv(1, socket.MSG_PEEK):
                return False
        return True

    def write(self, body):
        if self.failure != "drip":
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
        failure = self.failures().get(name) or self.failures().get("*")
        self.failure = failure
        if failure == "once-500":
            with LOCK:
                SEEN[name] = SEEN.get(name, 0) + 1
                failure = "500" if SEEN[name] == 1 else None
        if failure == "login":
            wanted = "Basic " + base64.b64encode(b"user:secret").decode()
            if self.headers.get("Authorization") != wanted:
                return self.answer(401, b"login", [("WWW-Authenticate", 'Basic realm="index"')])
            failure = None
        if failure and failure.startswith("http://"):
            return self.answer(302, b"", [("Location", failure)])
        if failure == "later":
            return self.answer(429, b"later", [("Retry-After", "3600")])
        if failure in ("404", "500"):
            return self.answer(int(failure), b"failure")
        if failure == "rubbish":
            return self.answer(200, b"<html>please log in</html>", [("Content-Type", "application/json")])
        if failure == "stall":
            if not self.stall(name):
                self.close_connection = True
                return None
            failure = None
        if parts[:1] == ["simple"] and len(parts) == 2:
            return self.page(name)
        if parts[:1] == ["files"] and name.endswith(".whl.metadata"):
            found = metadata(name.removesuffix(".metadata"))
            return self.answer(404, b"nothing here") if found is None else self.answer(200, found)
        if parts[:1] == ["files"] and len(parts) == 2 and os.path.isfile(os.path.join(FOLDER, name)):
            return self.file(name, failure)
        return self.answer(404, b"nothing here")

    def page(self, name):
        files = [f for f in sorted(os.listdir(FOLDER)) if f.endswith((".whl", ".tar.gz")) and project(f) == name]
        if not files:
            return self.answer(404, b"no such project")
        entries = []
        for file in files:
            with open(os.path.join(FOLDER, file), "rb") as opened:
                digest = hashlib.sha256(opened.read()).hexdigest()
            if self.failures().get(file) == "wrong-hash":
                digest = "0" * 64
            entries.append((file, digest))
        if "json" in self.headers.get("Accept", "") and self.failures().get("format") != "html":
            body = json.dumps({
                "meta": {"api-version": "1.0"}, "name": name,
                "files": [
                    {"filename": f, "url": f"../../files/{f}", "hashes": {"sha256": d},
                     "size": os.path.getsize(os.path.join(FOLDER, f)),
                     "core-metadata": metadata(f) is not None}
                    for f, d in entries
                ],
            }).encode()
            return self.answer(200, body, [("Content-Type", "application/vnd.pypi.simple.v1+json")])
        links = "".join(f'<a href="../../files/{f}#sha256={d}">{f}</a><br>\n' for f, d in entries)
        return self.answer(200, f"<!DOCTYPE html><html><body>\n{links}</body></html>".encode(),
                           [("Content-Type", "text/html; charset=utf-8")])

    def endless(self, body):
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(body)
                body = bytes(1 << 16)
        except OSError:
            return None

    def file(self, name, failure):
        with open(os.path.join(FOLDER, name), "rb") as opened:
            body = opened.read()
        if failure == "corrupt":
            body = body[:-1] + bytes([body[-1] ^ 1])
        if failure == "endless":
            return self.endless(body)
        status, headers, start = 200, [("Content-Type", "application/octet-stream"), ("Accept-Ranges", "bytes")], 0
        wanted = re.match(r"bytes=(\d+)-(\d*)$", self.headers.get("Range", ""))
        whole = len(body)
        if wanted and failure not in ("no-ranges", "no-ranges-cut"):
            start = int(wanted.group(1))
            end = int(wanted.group(2)) if wanted.group(2) else whole - 1
            if start >= whole:
                return self.answer(416, b"", [("Content-Range", f"bytes */{whole}")])
            status = 206
            headers.append(("Content-Range", f"bytes {start}-{min(end, whole - 1)}/{whole}"))
            body = body[start:end + 1]
        if failure == "no-ranges-cut":
            with LOCK:
                SEEN[name] = SEEN.get(name, 0) + 1
                failure = "truncate" if SEEN[name] == 1 else None
        if failure in ("truncate", "truncate-always") and (start == 0 or failure == "truncate-always"):
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
        if failure == "slow" and start == 0 and self.command == "GET":
            self.send_response(status)
            for key, value in headers:
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            if self.stall(name):
                self.wfile.write(body[len(body) // 2:])
            self.close_connection = True
            return None
        return self.answer(status, body, headers)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
