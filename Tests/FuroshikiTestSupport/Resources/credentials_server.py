"""Answers the requests that get credentials: STS, the IAM Identity Center, containers and instance metadata.

Each access key describes what it was given for, such as the role and the caller, so that a test can compare whole chains.
Prints its port, and ends when its standard input is closed. It is a small stand-in of ours; moto answers STS with random
keys, and has neither the portal, nor containers, nor instance metadata.
"""
import hashlib
import http.server
import json
import re
import sys
import threading
import urllib.parse

EXPIRATION = "2099-01-01T00:00:00Z"


def key(*parts):
    return "K" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:15]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path == "/federation/credentials":
            token = self.headers.get("x-amz-sso_bearer_token", "")
            if token.startswith("revoked"):
                return self.reply(401, {"message": "Session token not found or invalid"}, error="UnauthorizedException")
            self.reply(200, {"roleCredentials": {
                "accessKeyId": key("sso", query["account_id"], query["role_name"], token), "secretAccessKey": "s",
                "sessionToken": "t", "expiration": 4070908800000,
            }})
        elif url.path == "/container":
            authorization = self.headers.get("Authorization", "")
            if authorization == "refused":
                return self.reply(403, {"message": "refused"})
            self.reply(200, {
                "AccessKeyId": key("container", authorization), "SecretAccessKey": "s", "Token": "t",
                "Expiration": EXPIRATION,
            })
        elif url.path.startswith("/instance/latest/meta-data/iam/security-credentials/"):
            if self.headers.get("x-aws-ec2-metadata-token") != "metadata-token":
                return self.reply(401, {})
            role = url.path.rpartition("/")[2]
            if not role:
                return self.reply(200, b"instance-role")
            self.reply(200, {
                "Code": "Success", "AccessKeyId": key("instance", role), "SecretAccessKey": "s", "Token": "t",
                "Expiration": EXPIRATION, "LastUpdated": "2026-01-01T00:00:00Z", "Type": "AWS-HMAC",
            })
        else:
            self.reply(404, {})

    def do_PUT(self):
        if self.path == "/instance/latest/api/token":
            self.reply(200, b"metadata-token")
        else:
            self.reply(404, {})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/token":
            request = json.loads(body)
            if request["refreshToken"].startswith("bad"):
                return self.reply(400, {"error": "invalid_grant"}, error="InvalidGrantException")
            return self.reply(200, {
                "accessToken": "renewed-" + request["refreshToken"], "expiresIn": 28800, "tokenType": "Bearer",
                "refreshToken": "next",
            })
        form = dict(urllib.parse.parse_qsl(body.decode()))
        caller = re.search(r"Credential=([^/]*)/", self.headers.get("Authorization", ""))
        caller = caller[1] if caller else ""
        if form["RoleArn"].endswith("/forbidden"):
            return self.reply(403, (
                "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRole"
                "</Message></Error></ErrorResponse>").encode())
        parts = [form.get(name, "") for name in (
            "Action", "RoleArn", "ExternalId", "DurationSeconds", "SerialNumber", "TokenCode", "WebIdentityToken")]
        session = form["RoleSessionName"]
        parts.append("" if session.startswith(("botocore-session-", "furoshiki-")) else session)
        action = form["Action"]
        self.reply(200, (
            f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result><Credentials>'
            f"<AccessKeyId>{key(caller, *parts)}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
            f"<SessionToken>t</SessionToken><Expiration>{EXPIRATION}</Expiration></Credentials></{action}Result>"
            f"</{action}Response>").encode())

    def reply(self, status, content, error=None):
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        if error:
            self.send_header("x-amzn-ErrorType", error)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
