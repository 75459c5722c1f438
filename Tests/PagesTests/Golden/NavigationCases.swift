import Pages

/// Ways around, by their keys in `govuk-cases.json`.
let navigationCases: [String: HTML] = [
    "back link": GovUK.backLink("/cases?a=1&b=2"),
    "back link in other words": GovUK.backLink("/", text: "Back to <cases>"),
    "skip link": GovUK.skipLink(),
    "breadcrumbs": GovUK.breadcrumbs([
        Item("Cases", href: "/cases"), Item("North & east", href: "/n"), Item("Case 1"),
    ]),
    "pagination with numbers": GovUK.pagination(current: 2, last: 9) { "/?page=\($0)" } ?? .empty,
    "pagination on the first page": GovUK.pagination(current: 1, last: 2) { "/\($0)" } ?? .empty,
    "pagination of a guide": GovUK.pagination(
        previous: "/a", next: "/b", previousLabel: "Before & after", nextLabel: "Next steps"),
    "pagination without labels": GovUK.pagination(previous: "/a", next: "/b", label: "Results"),
    "service navigation": GovUK.serviceNavigation(
        name: "Dry & stone", href: "/",
        items: [Item("Cases", href: "/cases", current: true), Item("People", href: "/people")]),
    "service navigation without a menu": GovUK.serviceNavigation(name: "Drystone", href: "/"),
    "task list": GovUK.taskList([
        .init("Your <details>", href: "/d", hint: "Two minutes", status: .incomplete),
        .init("Children", href: "/c", status: .completed),
        .init("Check", status: .cannotStartYet),
        .init("Risk", href: "/r", status: .tag("Problem", .red)),
    ]),
    "exit this page": GovUK.exitThisPage("https://example.org/?a=1&b=2"),
]
