#!/usr/bin/python3
"""The reverse proxy as shipped (Deploy/nginx.conf), with names, ports and paths changed and its times made shorter.

Behind it stands a small server of this test's own, so that what the proxy does is seen apart from what ours does.
"""

import concurrent.futures
import hashlib
import http.server
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[2] / "Deploy" / "nginx.conf"
NAME = "casework.example.org"
LARGE = bytes(range(256)) * (8_000_000 // 256)
# The shipped times, and the ones for a test that should not take minutes.
SHORTER = {"client_header_timeout 10s": "client_header_timeout 2s", "client_body_timeout 15s": "client_body_timeout 3s",
           "send_timeout 30s;": "send_timeout 4s;", "proxy_send_timeout 4s;": "proxy_send_timeout 30s;"}
counts = {"passed": 0, "failed": 0, "skipped": 0}


def check(sentence: str, passed: bool, detail: object = "") -> None:
    counts["passed" if passed else "failed"] += 1
    print(f"{'ok     ' if passed else 'NOT OK '} {sentence}" + ("" if passed else f"\n        | {detail}"), flush=True)


class Behind(http.server.BaseHTTPRequestHandler):
    """Answers as ours would: strict headers, one large download, one stream."""

    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, dict[str, str], int]] = []
    sending = 0
    gone = False

    def answer(self) -> None:
        if Behind.gone:
            self.close_connection = True
            return None
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        Behind.seen.append((self.path, dict(self.headers.items()), len(body)))
        if self.path.startswith("/stream"):
            return self.stream()
        content = LARGE if self.path.startswith("/large") else b"behind"
        self.head(200 if not self.path.startswith("/absent") else 404, len(content))
        Behind.sending += 1
        try:
            self.wfile.write(content)
        except OSError:
            pass
        finally:
            Behind.sending -= 1

    do_GET = do_POST = answer

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            pass

    def head(self, status: int, length: int | None, *more: tuple[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.send_header("Strict-Transport-Security", "max-age=63072000")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Type", "text/plain")
        for name, value in more:
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def stream(self) -> None:
        self.head(200, None, ("X-Accel-Buffering", "no"), ("Connection", "close"))
        self.close_connection = True
        for number in range(3):
            self.wfile.write(b"data: %d\n\n" % number)
            self.wfile.flush()
            time.sleep(1)

    def log_message(self, *_: object) -> None:
        pass


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Proxy:
    """nginx with the shipped configuration, in a folder of its own."""

    def __init__(self, folder: Path, behind: int) -> None:
        self.folder, self.tls, self.plain = folder, free_port(), free_port()
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
             "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")], check=True, capture_output=True)
        text = SHIPPED.read_text()
        for old, new in {
            "127.0.0.1:8080": f"127.0.0.1:{behind}", "listen [::]": "# listen [::]",
            "listen 443": f"listen 127.0.0.1:{self.tls}", "listen 80": f"listen 127.0.0.1:{self.plain}",
            "/etc/ssl/drystone/fullchain.pem": str(folder / "cert.pem"),
            "/etc/ssl/drystone/privkey.pem": str(folder / "key.pem"),
            "/var/log/nginx": str(folder), "/run/drystone-body": str(folder / "body"), **SHORTER,
        }.items():
            if old not in text:
                raise SystemExit(f"Deploy/nginx.conf no longer has: {old}")
            text = text.replace(old, new)
        (folder / "drystone.conf").write_text(text)
        user = "user root;" if os.geteuid() == 0 else ""
        temps = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))
        (folder / "nginx.conf").write_text(
            f"{user} pid {folder}/pid; daemon off; events {{}} error_log {folder}/start.log;"
            f"http {{ access_log off; {temps} include {folder}/drystone.conf; }}")
        self.words = ["/usr/sbin/nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "start.log")]

    def __enter__(self) -> "Proxy":
        tried = subprocess.run([*self.words, "-t"], capture_output=True, text=True)
        check("nginx accepts the configuration, without a warning",
              tried.returncode == 0 and "[warn]" not in tried.stderr, tried.stderr)
        self.process = subprocess.Popen(self.words, stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", self.tls)) == 0:
                    return self
            time.sleep(0.1)
        raise SystemExit("nginx did not start: " + (self.folder / "start.log").read_text())

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)

    def curl(self, path: str, *words: str) -> tuple[str, str]:
        """(headers, body) of an answer."""
        done = subprocess.run(
            ["curl", "-s", "-m", "60", "--cacert", str(self.folder / "cert.pem"), "-D", "-",
             "--resolve", f"{NAME}:{self.tls}:127.0.0.1", *words, f"https://{NAME}:{self.tls}{path}"],
            capture_output=True, text=True, errors="replace")
        head, _, body = done.stdout.replace("\r\n", "\n").rpartition("\n\n")
        return (head, body) if head else (done.stdout, "")

    def connect(self) -> ssl.SSLSocket:
        context = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        return context.wrap_socket(socket.create_connection(("127.0.0.1", self.tls)), server_hostname=NAME)

    def handshake(self, *words: str) -> bool:
        done = subprocess.run(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{self.tls}", "-servername", NAME, *words],
            capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return bool(re.search(r"(Cipher is|New, TLSv1\.\d, Cipher is) (?!\(NONE\))", done.stdout))


def tls(proxy: Proxy) -> None:
    check("TLS 1.3", proxy.handshake("-tls1_3"))
    check("TLS 1.2 with authenticated encryption", proxy.handshake("-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"))
    check("no TLS 1.2 with CBC", not proxy.handshake("-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA384:@SECLEVEL=0"))
    check("no TLS 1.2 without forward secrecy", not proxy.handshake("-tls1_2", "-cipher", "AES128-GCM-SHA256:@SECLEVEL=0"))
    check("no TLS 1.1", not proxy.handshake("-tls1_1", "-cipher", "ALL:@SECLEVEL=0"))
    other = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{proxy.tls}", "-servername", "other.example.org"],
        capture_output=True, text=True, stdin=subprocess.DEVNULL)
    check("another name is not answered, and no certificate shown", NAME not in other.stdout, other.stdout[:200])
    head, body = proxy.curl("/", "--http2")
    check("HTTP/2", head.startswith("HTTP/2 200") and body == "behind", head)


def plain(proxy: Proxy) -> None:
    def ask(host: str) -> str:
        with socket.create_connection(("127.0.0.1", proxy.plain)) as s:
            s.sendall(f"GET /a?b=c HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            s.settimeout(5)
            return s.recv(4096).decode(errors="replace")

    check("plain HTTP leads to https, to our own name",
          f"location: https://{NAME}/a?b=c" in ask(NAME).lower() and " 308 " in ask(NAME))
    check("plain HTTP for another name is not answered", ask("evil.example.org") == "")


def headers(proxy: Proxy) -> None:
    lies = ["-H", "X-Forwarded-For: 198.51.100.6, 10.0.0.1", "-H", "X-Forwarded-Proto: http", "-H", "Forwarded: for=1.2.3.4",
            "-H", "X-Forwarded-Host: evil.example.org", "-H", "X-Real-IP: 198.51.100.6", "-H", "Proxy: evil",
            "-H", "X-Original-URL: /admin", "-H", "X-HTTP-Method-Override: DELETE"]
    proxy.curl("/headers?q=Canary", *lies)
    seen = {name.lower(): value for name, value in next(h for path, h, _ in reversed(Behind.seen) if "/headers" in path).items()}
    check("X-Forwarded-For is the visitor's own address, overwritten", seen.get("x-forwarded-for") == "127.0.0.1", seen)
    check("X-Forwarded-Proto is https, overwritten", seen.get("x-forwarded-proto") == "https", seen)
    check("Host is our name", seen.get("host") == NAME, seen)
    others = {"forwarded", "x-forwarded-host", "x-real-ip", "proxy", "x-original-url", "x-http-method-override"} & seen.keys()
    check("no other word of a visitor's about himself passes", not others, others)
    head, body = proxy.curl("/absent")
    check("an answer of the server's passes as it is, error or not",
          " 404" in head and body == "behind" and head.lower().count("strict-transport-security") == 1, head)


def limits(proxy: Proxy, folder: Path) -> None:
    before = len(Behind.seen)
    (folder / "big").write_bytes(b"x" * 23_000_000)
    head, body = proxy.curl("/upload", "--data-binary", f"@{folder}/big", "-H", "Expect:")
    last = head.rpartition("HTTP/")[2]
    check("a body of 23 MB is refused with 413", last.startswith(("2 413", "1.1 413")), head)
    check("on a page with the headers of all others", "no-store" in last and "content-security-policy" in last.lower(), last)
    check("which says what to do", "was not saved" in body, body)
    check("and the server never saw it", len(Behind.seen) == before)
    (folder / "big").write_bytes(b"x" * 20_000_000)
    proxy.curl("/upload", "--data-binary", f"@{folder}/big", "-H", "Expect:")
    check("a body of 20 MB arrives whole", Behind.seen[-1][2] == 20_000_000, Behind.seen[-1][2])
    check("as shipped, bodies wait in memory (/run)", "client_body_temp_path /run/" in SHIPPED.read_text())


def ends_within(proxy: Proxy, seconds: float, first: bytes, drip: bytes, every: float) -> bool:
    """Does the proxy end a connection that sends so?"""
    began = time.monotonic()
    with proxy.connect() as s:
        s.sendall(first)
        s.settimeout(every)
        while time.monotonic() - began < seconds:
            try:
                if not s.recv(4096):
                    return True
            except TimeoutError:
                pass
            except OSError:
                return True
            try:
                s.sendall(drip)
            except OSError:
                return True
    return False


def slow(proxy: Proxy) -> None:
    start = f"POST /slow HTTP/1.1\r\nHost: {NAME}\r\n".encode()
    head = ends_within(proxy, 8, start, b"X-A: b\r\n", 0.5)
    check("slow headers are cut off", head)
    before = sum(path == "/slow" for path, *_ in Behind.seen)
    body = ends_within(proxy, 12, start + b"Content-Length: 1000\r\n\r\n", b"", 0.5)
    check("a body that stops is cut off", body)
    check("and the server never heard of it", sum(path == "/slow" for path, *_ in Behind.seen) == before)


def download(proxy: Proxy, pause: float, stop_after: int | None = None) -> tuple[bytes, bool]:
    """Reads /large slowly; (what came, whether the proxy closed early)."""
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    plain.connect(("127.0.0.1", proxy.tls))
    context = ssl.create_default_context(cafile=str(proxy.folder / "cert.pem"))
    got = bytearray()
    with context.wrap_socket(plain, server_hostname=NAME) as s:
        s.sendall(f"GET /large HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
        try:
            while piece := s.recv(65536):
                got += piece
                if stop_after and len(got) > stop_after:
                    time.sleep(9)
                    stop_after = None
                    pause = 0
                time.sleep(pause * len(piece) / 65536)
        except OSError:
            return bytes(got), True
    return bytes(got).partition(b"\r\n\r\n")[2], False


def readers(proxy: Proxy, folder: Path) -> None:
    with concurrent.futures.ThreadPoolExecutor() as pool:
        began = time.monotonic()
        honest = pool.submit(download, proxy, 0.16)
        stalled = pool.submit(download, proxy, 0.0, 200_000)
        spilled = []
        while not honest.done():
            spilled += [p for p in (folder / "proxy").rglob("*") if p.is_file()]
            time.sleep(0.2)
        body, cut = honest.result()
        seconds = time.monotonic() - began
        check(f"an honest slow download of 8 MB ({seconds:.0f} s) is whole",
              not cut and hashlib.sha256(body).digest() == hashlib.sha256(LARGE).digest(), f"{len(body)} of {len(LARGE)} bytes")
        check("and never lay on the disk", not spilled, spilled)
        body, _ = stalled.result()
        check("a reader who stops is cut off", len(body) < len(LARGE), len(body))
    for _ in range(50):
        if Behind.sending == 0:
            break
        time.sleep(0.1)
    check("and no longer holds the server", Behind.sending == 0, Behind.sending)


def stream(proxy: Proxy) -> None:
    began = time.monotonic()
    with proxy.connect() as s:
        s.sendall(f"GET /stream HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
        got = b""
        while b"data: 0" not in got:
            got += s.recv(4096)
    check("a stream arrives piece by piece", time.monotonic() - began < 0.9, time.monotonic() - began)


def silence(folder: Path) -> None:
    words = "".join(p.read_text(errors="replace") for p in folder.glob("drystone*.log"))
    check("requests are logged", words.count("\n") > 5, words)
    check("without addresses, paths, queries or names",
          not re.search(r"127\.0\.0\.1|Canary|/headers|/large|curl|example", words), words[:500])


def scanner(proxy: Proxy, folder: Path) -> None:
    """testssl.sh, in the long run; what follows from a certificate that only this test trusts is left aside."""
    if not os.environ.get("TEST_LONG") or not shutil.which("testssl"):
        return
    report = folder / "testssl.json"
    subprocess.run(
        ["testssl", "--quiet", "--color", "0", "--ip", "127.0.0.1", "--nodns", "none", "--jsonfile", str(report),
         "--severity", "LOW", f"{NAME}:{proxy.tls}"], capture_output=True, stdin=subprocess.DEVNULL, timeout=900)
    bad = [f"{f['id']}: {f['finding']}" for f in json.loads(report.read_text())
           if f["severity"] in ("LOW", "MEDIUM", "HIGH", "CRITICAL")
           and not f["id"].startswith(("cert", "DNS_CAA", "overall_grade", "grade_cap"))]
    check("testssl.sh finds nothing against protocols, ciphers and headers", not bad, "; ".join(bad))


def down(proxy: Proxy) -> None:
    head, body = proxy.curl("/")
    check("with the server gone it is 502, on a page that is never kept",
          " 502" in head.splitlines()[0] and "no-store" in head and "Sorry" in body, head)


def main() -> None:
    if not shutil.which("nginx", path="/usr/sbin:/usr/bin"):
        print("0 passed, 0 failed, 1 skipped")
        return
    behind = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Behind)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Proxy(folder, behind.server_port) as proxy:
            tls(proxy)
            plain(proxy)
            headers(proxy)
            limits(proxy, folder)
            slow(proxy)
            stream(proxy)
            readers(proxy, folder)
            scanner(proxy, folder)
            Behind.gone = True
            down(proxy)
            silence(folder)
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    sys.exit(1 if counts["failed"] else 0)


if __name__ == "__main__":
    main()
