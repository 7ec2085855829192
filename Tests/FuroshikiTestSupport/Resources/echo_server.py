"""A server on the loopback interface that keeps the requests that it receives.

usage: echo_server.py LOG [CERTIFICATE KEY]

Prints its port, then serves requests until its standard input is closed; with a certificate it uses TLS. It appends each
request as a line of JSON to the file LOG: method, path, headers with names in lower case, and the size of the content.

/status/N        respond with this status
/flaky/N/M       respond with status N to the first M requests, then with 200
/to/URL          redirect to this URL
any other path   respond with 200
"""
import http.server
import json
import ssl
import sys
import threading

LOG = sys.argv[1]
SEEN = {}
LOCK = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def respond(self):
        size = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(size)
        entry = {"method": self.command, "path": self.path, "size": len(body),
                 "headers": {name.lower(): value for name, value in self.headers.items()}}
        with LOCK:
            with open(LOG, "a") as log:
                log.write(json.dumps(entry) + "\n")
            SEEN[self.path] = SEEN.get(self.path, 0) + 1
        parts = self.path.split("/")
        status, location = 200, None
        if parts[1] == "status":
            status = int(parts[2])
        elif parts[1] == "flaky":
            status = int(parts[2]) if SEEN[self.path] <= int(parts[3]) else 200
        elif parts[1] == "to":
            status, location = 302, self.path.removeprefix("/to/")
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    do_GET = do_POST = do_PUT = do_DELETE = respond


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
if len(sys.argv) > 2:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
