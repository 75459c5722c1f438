import Foundation
import Pages

/// One page of the list, and what it was asked for.
struct AccountsList: Sendable {
    static let perPage = 50
    let accounts: [ManagedAccount]
    let total: Int
    let page: Int
    let agencies: [AgencyChoice]
    /// The agency that the list is limited to.
    let agency: UUID?
    /// New links that wait for a second administrator.
    let renewals: [Renewal]

    var lastPage: Int { max(1, (total + Self.perPage - 1) / Self.perPage) }

    /// Where another page of the same list is.
    func href(_ page: Int) -> String {
        let filter = agency.map { "agency=\($0.uuidString.lowercased())&" } ?? ""
        return "/accounts?\(filter)page=\(page)"
    }
}

/// Everybody's accounts: who can sign in, as what, until when.
func accountsPage(_ list: AccountsList, _ visit: Visit) -> Page {
    let rows = list.accounts.map { accountRow($0, visit) }
    let number = list.total == 1 ? "1 account" : "\(list.total) accounts"
    let table: HTML = rows.isEmpty
        ? GovUK.paragraph("There are no accounts here.")
        : GovUK.table(
            caption: list.lastPage > 1 ? "\(number), page \(list.page) of \(list.lastPage)" : number,
            columns: ["Name", "Email address", "Roles", "State"], rows: rows)
    return Page("Accounts", above: renewalNotices(list.renewals, visit), wide: true, """
        \(GovUK.button("Invite a colleague", href: "/accounts/new"))
        \(agencyFilter(list))
        \(table)
        \(GovUK.pagination(current: list.page, last: list.lastPage, href: list.href))
        """)
}

private func accountRow(_ account: ManagedAccount, _ visit: Visit) -> [HTML] {
    let open = account.roles.filter { $0.isOpen(on: visit.today) }
    let roles = open.map { held -> HTML in "\(held.role.label), \(held.agencyName)" }
    return [
        GovUK.link(account.name, href: "/accounts/\(account.id.uuidString.lowercased())"),
        "\(account.email)",
        roles.count > 1 ? GovUK.list(roles, .plain) : roles.first ?? "None",
        AccountState(account, today: visit.today, now: visit.now).tag,
    ]
}

/// A form that only asks: it goes by GET, so that the answer can be kept as a bookmark.
private func agencyFilter(_ list: AccountsList) -> HTML {
    var answers = Answers()
    if let agency = list.agency { answers.set("agency", agency.uuidString.lowercased()) }
    let options = [GovUK.Choice("", "All agencies")] + list.agencies.map(\.option)
    return """
        <form method="get" action="/accounts">\(GovUK.select("agency", label: "Agency", options: options, in: answers))\
        \(GovUK.button("Show", kind: .secondary))</form>
        """
}

extension AgencyChoice {
    /// As an answer of a list.
    var option: GovUK.Choice { GovUK.Choice(id.uuidString.lowercased(), name) }
}
