"""Sees to what holds on every page of every test: no error in the console, no dialog, no request to another origin,
no fault of the server, no page of 80 KB."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

HEAVIEST = 80 * 1024


class Watch:
    """Listens to browsers and keeps what is wrong until it is asked."""

    def __init__(self, site: str, elsewhere: str) -> None:
        self.site, self.elsewhere = site, elsewhere
        self.complaints: list[str] = []
        self.forgiven: set[str] = set()

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self.on_request)
        context.on("response", self.on_response)
        context.on("page", self.on_page)

    def on_page(self, page: Page) -> None:
        page.on("console", lambda message: self.on_console(message, page))
        page.on("pageerror", lambda error: self.complain(f"exception on {self.path(page.url)}: {error}"))
        page.on("dialog", lambda dialog: (self.complain(f"dialog on {self.path(page.url)}: {dialog.message}"),
                                          dialog.dismiss()))

    def on_console(self, message: ConsoleMessage, page: Page) -> None:
        if message.type not in ("error", "warning"):
            return
        # A page that is answered with 404 or 422 is told of in the console too; that is not an error of the page.
        of = message.location.get("url", "")
        if message.text.startswith("Failed to load resource") and of == page.url:
            return
        self.complain(f"console on {self.path(page.url)}: {message.text} ({self.path(of)})")

    def on_request(self, request: Request) -> None:
        ours = (self.site + "/", self.elsewhere + "/", "data:", "about:", "blob:")
        if not request.url.startswith(ours):
            self.complain(f"request to another origin: {request.url[:120]}")

    def on_response(self, response: Response) -> None:
        if not response.url.startswith(self.site):
            return
        if response.status >= 500:
            self.complain(f"{response.status} {response.request.method} {self.path(response.url)}")
        kind, length = response.headers.get("content-type", ""), int(response.headers.get("content-length", 0))
        # A form that comes back is as heavy as what was typed into it.
        if response.status == 200 and kind.startswith("text/html") and length >= HEAVIEST:
            self.complain(f"{length} bytes of HTML on {self.path(response.url)}")

    def complain(self, what: str) -> None:
        if not any(word in what for word in self.forgiven):
            self.complaints.append(what)

    def forgive(self, *words: str) -> None:
        """What is expected in this test only, such as "503" while the database is stopped."""
        self.forgiven.update(words)

    def take(self) -> list[str]:
        found, self.complaints = list(dict.fromkeys(self.complaints)), []
        self.forgiven = set()
        return found

    def path(self, url: str) -> str:
        return url.removeprefix(self.site)
