"""The municipality: content of which staff publish edition after edition, and the web server of this machine that has it."""

import os
import re
import shutil
import socket
import subprocess
import time

from disk import run

GUEST_SEES = "10.0.2.2"  # this machine, in QEMU's user network
NGINX = """daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
worker_processes 1;
events {{ worker_connections 64; }}
http {{
	log_format plain '$status $request_uri';
	access_log {folder}/requests plain;
	client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fast;
	uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
	server {{ listen 127.0.0.1:{port}; root {folder}/repository; }}
}}
"""


class Site:
    """The server is not there until serve(). The store of an edition is what a kiosk that has taken it shows."""

    def __init__(self, build, share, folder):
        self.build, self.share, self.folder = build, share, folder
        os.makedirs(folder)
        os.chmod(folder, 0o755)  # nginx serves as another user
        shutil.copytree("content", self.path("content"))
        with open(self.path("no.conf"), "w"):
            pass  # the settings of this machine are not to count
        run(self.tool("bundle"), "keys", self.path("keys"))
        self.server = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def tool(self, name):
        return os.path.join(self.build, f"vejviser-{name}")

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def publish(self, edition):
        """Each Danish page is changed: its summary says the edition. Returns the folder of its store."""
        for folder, _, files in os.walk(self.path("content", "topics")):
            if "da.md" in files:
                path = os.path.join(folder, "da.md")
                with open(path) as file:
                    text = file.read()
                with open(path, "w") as file:
                    file.write(re.sub(r"^summary: .*", f"summary: Dette er udgave {edition}.", text, count=1, flags=re.M))
        run(self.tool("bundle"), "publish", self.path("content"), "--yes", "--share", self.share, "--keys", self.path("keys"),
            "--repo", self.path("repository"))
        return self.store(edition)

    def store(self, edition):
        store = self.path(f"store-{edition}")
        if not os.path.exists(store):
            run(self.tool("sync"), "--config", self.path("no.conf"), "--server", self.path("repository"), "--root",
                self.path("keys", "root.json"), "--store", store)
        return store

    def settings(self):
        """kiosk.conf and root.json, as a technician puts them on the disk."""
        with open(self.path("keys", "root.json"), "rb") as file:
            root = file.read()
        return {"kiosk.conf": f"server = http://{GUEST_SEES}:{self.port}\nidle_warn_s = 3000\n".encode(), "root.json": root}

    def serve(self):
        with open(self.path("nginx.conf"), "w") as file:
            file.write(NGINX.format(folder=self.folder, port=self.port))
        self.server = subprocess.Popen(["nginx", "-c", self.path("nginx.conf")], stderr=subprocess.DEVNULL)
        until = time.monotonic() + 30
        while not os.path.exists(self.path("nginx.pid")) or not self.answers():
            if time.monotonic() > until:
                raise TimeoutError("nginx does not start")
            time.sleep(0.1)

    def answers(self):
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", self.port)) == 0

    def requests(self):
        """So far, oldest first: "200 /metadata/timestamp.json"."""
        with open(self.path("requests")) as file:
            return file.read().splitlines()

    def close(self):
        if self.server:
            self.server.terminate()
            self.server.wait()
