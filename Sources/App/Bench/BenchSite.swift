import Foundation
import HTTPTypes
import Postgres

/// Which pages are measured: every GET route of the site, so that a page added later is measured without being named.
enum BenchSite {
    /// Whose page a route is measured as.
    enum Asker: Hashable, Sendable {
        /// Nobody is signed in.
        case stranger
        /// The password was right, the code is still to come.
        case atCode
        case holding(Role)
    }

    /// A page to ask for, as somebody.
    struct Ask: Sendable {
        let name: String
        let path: String
        let asker: Asker
    }

    /// Routes that no reader looks at as a page of theirs, and why. They are not measured.
    static let unmeasured = [
        "exit": "ends the session and leads elsewhere",
        "privacy/:audience": "a public text: the list of them is measured",
        "invitations/:token": "a link that works once",
        "invitations/:token/authenticator": "a link that works once",
        "cases/:id/close/confirm": "waits for a second person: the demonstration has none waiting",
        "cases/:id/letters/:letter/print": "of a letter that has left: the pages beside it are of one that has not",
        "cases/:id/documents/:document/withdraw": "a short form; few cases of the demonstration have a document",
        "cases/:id/shares/:share/confirm": "waits for a second person: the case that is measured may have none waiting",
        "cases/:id/shares/:share/end": "few cases are shared: the one that is measured may not be",
        "shares/:id": "read at the agency that a plan is shared with: who measures is at another",
        "cases/:id/consents/:consent/withdraw": "few consents are recorded: the case that is measured may have none",
        "people/:id/child/entries/:entry": "a child's: the person measured is one with a case",
        "people/:id/child/entries/:entry/withdraw": "a child's: the person measured is one with a case",
        "emergency/reviews/:id": "few cases were opened in an emergency: the demonstration may have none",
        "retention/due/:id": "who is due is worked out when an officer asks: the demonstration has nobody",
        "retention/proposals/:id": "few deletions are proposed: the demonstration may have none",
        "retention/holds/:id": "few records are held: the demonstration may have none",
        "register/matters/:id/pack": "begins a pack once, of a request that has none",
        "packs/:id/file": "a PDF: of a pack that has left",
        "packs/:id/gather": "of a pack of which nothing is gathered yet",
        "packs/:id/next": "of a pack whose every piece is decided",
        "packs/:id/sign": "waits for a second person: the demonstration has none waiting",
        "packs/:id/print": "of a pack that has left: the pages beside it are of one that has not",
        "contacts/:id/warn": "a search form, for contacts of one side of the wall only",
        "contacts/:id/warn/:search": "a search, which is measured apart",
        "accounts/:id/renewals/:renewal": "waits for a second administrator: the demonstration has none waiting",
        "search/:id": "measured apart, over many searches",
        "people/:id/same/:other/answer": "waits for a second person: few records may be the same person's",
        "people/:id/same/:other/undo": "few records are linked",
        "cases/:id/places/:place": "few cases have a place: the page of all of them is measured",
        "cases/:id/places/:place/next": "few cases have a place",
        "cases/:id/places/:place/sessions/new": "few cases have a place",
        "cases/:id/places/:place/sessions/:session": "few cases have a place",
        "cases/:id/places/:place/notices/new": "of one side of the wall only",
        "cases/:id/across/:support": "support is arranged for few cases",
        "cases/:id/across/:support/end": "support is arranged for few cases",
        "across/:asked": "for the front door, of what one side of the wall asks",
        "team/supervision/:worker": "the list of all is measured",
        "team/supervision/:worker/:supervision": "the list of all is measured",
        "team/supervision/:worker/:supervision/:case": "the list of all is measured",
        "cases/:id/sanctuary/:sanctuary": "few cases have one: the list of them is measured",
        "cases/:id/sanctuary/:sanctuary/edit": "few cases have one",
        "cases/:id/sanctuary/:sanctuary/items": "few cases have one",
        "cases/:id/sanctuary/:sanctuary/next": "few cases have one",
        "cases/:id/sanctuary/:sanctuary/order": "of one that is ordered",
        "units/stays/:stay/follow-up": "of a stay that has ended",
        "units/stays/:stay/support/:support/take-back": "a short form: the stay itself is measured",
        "cases/:id/reciprocals/:reciprocal": "few cases have one: the list of them is measured",
        "cases/:id/reciprocals/:reciprocal/next": "few cases have one",
        "figures/prepare": "for the analyst, who runs disclosure control there: measured by `bench protect`",
        "figures/:release/file": "a file: its page is measured",
        "figures/:release/spreadsheet": "a file: its page is measured",
        "data/:call/quality/file": "a file: its page is measured",
        "team/data/returns/:return/rows/file": "a file: its page is measured",
        "team/data/returns/:return/words": "a short form: the return itself is measured",
        "cases/:id/reciprocals/:reciprocal/edit": "few cases have one",
        "landlords/:landlord/edit": "a short form: the list of all is measured",
        "cases/:id/matac": "of one side of the wall only",
        "cases/:id/matac/new": "of one side of the wall only",
    ]

    /// Lists and corners that have a route's address and a query: a line for each.
    static let variants: [(String, query: String)] = [
        ("cases", "list=all"), ("cases", "list=unallocated"),
        ("contacts", "from=\(Keyset(at: Date(timeIntervalSince1970: 1_700_000_000), id: .zero).text)"),
    ]

    /// Whom a route is measured as: a caseworker where one may, else the first role that may.
    static func asker(for route: Site.Route) -> Asker? {
        if route.path == "sign-in/code" { return .atCode }
        // A referral opens for whoever answers for it, which a caseworker does not.
        if route.path == "referrals/:id" { return .holding(.helplineWorker) }
        // A worker sees what they put down themselves, the officer everything.
        if ["register/matters/:id", "packs/:id", "packs/:id/items/:item"].contains(route.path) {
            return .holding(.dataProtectionOfficer)
        }
        switch route.access {
        case .anyone: return .stranger
        case .signedIn: return .holding(.idva)
        case .needs(let permission):
            let role = ([.idva] + Role.allCases).first { $0.permissions.contains(permission) }
            return role.map(Asker.holding)
        }
    }

    /// The routes to measure.
    static var routes: [Site.Route] {
        Site.whole().routes.filter { $0.method == .get && unmeasured[$0.path] == nil }
    }

    /// The parts of a route's path that stand for records, each with the path that leads to it: "people/:id".
    static func records(in path: String) -> [String] {
        let parts = path.split(separator: "/")
        return parts.indices.filter { parts[$0].hasPrefix(":") }.map { parts[...$0].joined(separator: "/") }
    }

    /// A route's path with its records put in; nil where one is missing.
    static func address(of path: String, _ found: [String: String]) -> String? {
        var parts = path.split(separator: "/").map(String.init)
        for index in parts.indices where parts[index].hasPrefix(":") {
            let place = path.split(separator: "/")[...index].joined(separator: "/")
            guard let record = found[place] else { return nil }
            parts[index] = record
        }
        return "/" + parts.joined(separator: "/")
    }
}
