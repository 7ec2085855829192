"""An HTTP server on the loopback interface that passes calls on to a simulation of AWS, records and breaks them."""
import http.client
import itertools
import socket
import struct
import threading
import time

import calls as call_models

#: What can happen to a call so that the program succeeds by sending it again.
TRANSIENT = ("reset before", "reset after", "500", "throttled", "torn", "torn without length", "hang")
#: When the program can be killed: before AWS has received a call, or before the program has received its response.
KILLS = ("killed before", "killed after")


class Call:
    """A request with its answer. `number` counts from 1 in the order of arrival."""

    def __init__(self, number, method, target, headers, body):
        self.number, self.method, self.target, self.headers, self.body = number, method, target, headers, body
        self.start, self.end, self.status, self.broken = time.monotonic(), None, None, None
        self.answer = b""

    @property
    def path(self):
        return self.target.split("?", 1)[0]

    @property
    def service(self):
        return call_models.service_of(self)

    @property
    def operation(self):
        return call_models.operation_of(self)

    def __repr__(self):
        return f"{self.number} {self.service}:{self.operation} {self.status} {self.broken or ''}"


class Proxy:
    """Records calls in `calls`. `broken` maps numbers of calls to what happens to them; `rule` decides for each call.

    `delay` is the time in seconds before each answer, `kill` is called for a call that kills the program.
    """

    def __init__(self, port, *, delay=0.0):
        self.upstream, self.delay = port, delay
        self.calls, self.broken, self.rule, self.kill = [], {}, None, None
        self.keeps_bodies = True
        self.numbers, self.lock = itertools.count(1), threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        self.connections, self.closed = set(), False
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.closed = True
        self.listener.close()
        with self.lock:
            for connection in self.connections:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def accept(self):
        while not self.closed:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.lock:
                self.connections.add(connection)
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        stream = connection.makefile("rb")
        try:
            while self.answer(connection, stream):
                pass
        except (OSError, http.client.HTTPException):
            pass
        finally:
            with self.lock:
                self.connections.discard(connection)
            stream.close()
            connection.close()

    # ------------------------------------------------------------------ one call

    def answer(self, connection, stream):
        """Reads a request and answers it; returns whether the connection stays open."""
        line = stream.readline()
        if not line:
            return False
        method, target, _ = line.decode("latin-1").split(" ", 2)
        headers = []
        while (field := stream.readline().decode("latin-1").rstrip("\r\n")):
            name, _, value = field.partition(":")
            headers.append((name, value.strip()))
        length = int(next((v for k, v in headers if k.lower() == "content-length"), 0))
        if any(k.lower() == "expect" for k, _ in headers):
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = stream.read(length)
        with self.lock:
            call = Call(next(self.numbers), method, target, headers, body)
            self.calls.append(call)
            kind = self.broken.get(call.number) or (self.rule and self.rule(call))
            call.broken = kind
        if kind == "reset before":
            return self.reset(connection, call)
        if kind == "killed before":
            self.kill()
            return self.reset(connection, call)
        if kind in ("500", "throttled", "denied"):
            status, fields, content = call_models.error_answer(call, kind)
        else:
            status, fields, content = self.forward(call)
        if self.delay:
            time.sleep(self.delay)
        call.end, call.status, call.answer = time.monotonic(), status, content
        if kind == "reset after":
            return self.reset(connection, call)
        if kind == "killed after":
            self.kill()
            return self.reset(connection, call)
        if kind == "hang":
            # Until the program gives up and closes the connection.
            stream.read(1)
            return False
        head = self.head(status, fields, content, method)
        if kind == "torn":
            whole = head + (b"" if method == "HEAD" else content)
            keep = len(head) + len(content) // 2 if content and method != "HEAD" else len(head) // 2
            connection.sendall(whole[:keep])
            return False
        if kind == "torn without length":
            connection.sendall(self.head(status, fields, None, method) + content[: len(content) // 2])
            return False
        connection.sendall(head + (b"" if method == "HEAD" else content))
        return True

    def forward(self, call):
        upstream = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=120)
        try:
            upstream.putrequest(call.method, call.target, skip_host=True, skip_accept_encoding=True)
            for name, value in call.headers:
                if name.lower() not in ("connection", "expect"):
                    upstream.putheader(name, value)
            upstream.endheaders(call.body)
            response = upstream.getresponse()
            return response.status, response.getheaders(), response.read()
        finally:
            upstream.close()

    @staticmethod
    def head(status, fields, content, method):
        skipped = {"connection", "transfer-encoding", "server", "date"}
        if method != "HEAD":
            skipped.add("content-length")
        lines = [f"HTTP/1.1 {status} {http.client.responses.get(status, 'Status')}"]
        lines += [f"{name}: {value}" for name, value in fields if name.lower() not in skipped]
        if content is None:
            lines.append("Connection: close")
        elif method != "HEAD":
            lines.append(f"Content-Length: {len(content)}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    @staticmethod
    def reset(connection, call):
        call.end = call.end or time.monotonic()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False

    # ------------------------------------------------------------------ what was recorded

    def names(self):
        """The operations in the order of their calls."""
        return [call.operation for call in self.calls]
