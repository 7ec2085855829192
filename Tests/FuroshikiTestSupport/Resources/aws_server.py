"""A mock of AWS on the loopback interface: moto, whose functions are not run.

Prints its port, and ends when its standard input is closed. It needs a Python with moto[server].
"""
import logging
import os
import sys

os.environ.setdefault("AWS_ACCESS_KEY_ID", "testing")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "testing")
logging.getLogger("werkzeug").setLevel(logging.ERROR)

from moto.core.config import default_user_config  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

default_user_config["lambda"] = {"use_docker": False}
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
