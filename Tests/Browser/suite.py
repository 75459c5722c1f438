"""The browser's tests, in order. Tests/Browser/run starts the partnership that they visit, and this."""

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import sync_playwright

import harness
from house import House

import test_first_call  # noqa: F401
import test_forms  # noqa: F401
import test_front_door  # noqa: F401
import test_casework  # noqa: F401
import test_files  # noqa: F401
import test_paper  # noqa: F401
import test_never_lost  # noqa: F401
import test_shared_device  # noqa: F401
import test_accessibility  # noqa: F401
import test_database_gone  # noqa: F401


class NeutralPage(BaseHTTPRequestHandler):
    """Where quick exit leads: a page of another site."""

    def do_GET(self) -> None:
        body = b"<!DOCTYPE html><html lang=en><title>Weather</title><link rel=icon href=data:,><h1>Weather</h1>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def main() -> int:
    with sync_playwright() as playwright:
        house = House(playwright)
        port = int(house.elsewhere.rpartition(":")[2])
        neutral = ThreadingHTTPServer(("127.0.0.1", port), NeutralPage)
        threading.Thread(target=neutral.serve_forever, daemon=True).start()
        house.wait_until_served()
        return harness.run_all(house, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
