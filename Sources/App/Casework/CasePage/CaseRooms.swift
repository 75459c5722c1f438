import Pages
import Postgres

/// What else there is about a case: a line each, in the order of the day's work. A new page of a case adds its line
/// here. The case's own page says of a room only what can't wait (an order that ends, a need that is unmet); the rest
/// is behind its link.
private struct CaseRoom {
    let title: String
    /// Below `/cases/:id/`.
    let path: String
    let needs: Permission
    /// On a closed case too.
    var staysOpen = true
    /// Of whoever is harmed, and never of whoever harms.
    var isOfHarmed = false

    static let all = [
        CaseRoom(title: "Needs, goals and support given", path: "support", needs: .viewCases),
        CaseRoom(title: "Orders, service and breaches", path: "orders", needs: .viewCases),
        CaseRoom(title: "Somewhere safe to stay", path: "housing", needs: .seekHousing, isOfHarmed: true),
        CaseRoom(title: "Documents", path: "documents", needs: .viewCases),
        CaseRoom(title: "Letters", path: "letters", needs: .viewCases),
        CaseRoom(title: "Court, rights and safeguarding", path: "rights", needs: .viewCases),
        CaseRoom(title: "Sanctuary", path: "sanctuary", needs: .viewCases, isOfHarmed: true),
        CaseRoom(title: "Home from another landlord", path: "reciprocals", needs: .viewCases, isOfHarmed: true),
        CaseRoom(title: "Moving this case", path: "transfers", needs: .viewCases),
        CaseRoom(title: "Twelve months in a picture", path: "year", needs: .viewCases),
    ]
}

/// The ways from a case to everything else about it, for those whose case it is.
func caseRooms(_ record: CaseRecord, isOfHarmed: Bool, _ visit: Visit) -> HTML {
    let rooms = CaseRoom.all.filter {
        (record.isOpen || $0.staysOpen) && (isOfHarmed || !$0.isOfHarmed) && visit.viewer.may($0.needs)
    }
    if rooms.isEmpty { return .empty }
    let links = rooms.map { GovUK.link($0.title, href: "/cases/\(record.id.column)/\($0.path)") }
    return """
        <nav aria-labelledby="more-of-this-case"><h2 class="govuk-heading-m" id="more-of-this-case">\
        More of this case</h2>\(GovUK.list(links))</nav>
        """
}
