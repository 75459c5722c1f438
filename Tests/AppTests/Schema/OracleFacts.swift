import Foundation
import Postgres

@testable import AppTestSupport

extension Oracle {
    /// Whose session it is, if it is a full one that has not run out, of someone who has not left.
    static func account(_ facts: Facts, _ visitor: Visitor) -> String? {
        guard let id = visitor.session?.column,
            let session = facts.of("session").first(where: { $0["id"] == id }),
            session["stage"] == "full",
            let idle = moment(session["expires_at"]), idle > facts.now,
            let end = moment(session["ends_at"]), end > facts.now,
            let account = facts.of("account").first(where: { $0["id"] == session["account_id"] })
        else { return nil }
        if let left = moment(account["ended_at"]), left <= facts.now { return nil }
        return account["id"]
    }

    /// People and cases that someone must not even learn of.
    ///
    /// An interest in a person withholds that person, and whomever that person harms. An interest in a case withholds
    /// its person. A restricted case is its team's; its person is withheld from those who are on no team of theirs.
    /// All cases of someone who is withheld are withheld.
    static func withheld(_ facts: Facts, from account: String) -> Set<String> {
        let cases = facts.of("case_record")
        var people = interests(facts, of: account)
        let blockedCases = Set(
            facts.of("interest_block").filter { $0["account_id"] == account }.compactMap { $0["case_id"] })

        let teams = Set(facts.of("case_team").filter { $0["account_id"] == account }.compactMap { $0["case_id"] })
        let home = facts.of("account").first { $0["id"] == account }?["partnership_id"]
        let restricted = cases.filter { $0["restricted"] == "true" && $0["partnership_id"] == home }
        let closed = restricted.filter { !teams.contains($0["id"] ?? "") }
        let known = Set(restricted.filter { teams.contains($0["id"] ?? "") }.compactMap { $0["person_id"] })
        people.formUnion(Set(closed.compactMap { $0["person_id"] }).subtracting(known))

        let theirs = cases.filter { people.contains($0["person_id"] ?? "") }.compactMap { $0["id"] }
        return people.union(blockedCases).union(closed.compactMap { $0["id"] }).union(theirs)
    }

    /// Cases that have moved away and are no longer to be read, for all but the receiver's people; and whoever has no
    /// other case left.
    static func moved(_ facts: Facts, from account: String, agencies: Set<String>) -> Set<String> {
        let home = facts.of("account").first { $0["id"] == account }?["partnership_id"]
        let moves = facts.of("case_transfer").filter { $0["new_case_id"] != nil && $0["partnership_id"] == home }
        let gone = moves.filter { one in
            (moment(one["tail_ends_at"]) ?? .distantFuture) <= facts.now && !agencies.contains(one["to_agency_id"] ?? "")
        }
        let (all, cases) = (Set(moves.compactMap { $0["case_id"] }), Set(gone.compactMap { $0["case_id"] }))
        let people = Set(gone.compactMap { $0["person_id"] }).filter { person in
            facts.of("case_record").filter { $0["person_id"] == person }.allSatisfy { all.contains($0.key) }
        }
        return cases.union(people)
    }

    /// People in whom someone has an interest: declared or matched, in a case of theirs, or in somebody who harms them.
    static func interests(_ facts: Facts, of account: String) -> Set<String> {
        let cases = facts.of("case_record")
        let mine = facts.of("interest_block").filter { $0["account_id"] == account }
        let blockedPeople = Set(mine.compactMap { $0["person_id"] })
        let blockedCases = Set(mine.compactMap { $0["case_id"] })

        var people = blockedPeople
        for relationship in facts.of("relationship") {
            if let harming = relationship["harming_id"], let harmed = relationship["harmed_id"],
                blockedPeople.contains(harming) {
                people.insert(harmed)
            }
        }
        for record in cases {
            guard let id = record["id"], let person = record["person_id"] else { continue }
            if blockedCases.contains(id) { people.insert(person) }
        }
        return people
    }

    /// Entries of the log that are about somebody in whom `account` has declared an interest, or about what was
    /// written of them: themselves, their cases, notes, assessments and contacts, and searches during these contacts.
    static func entries(_ facts: Facts, withheldFrom account: String) -> Set<String> {
        let cases = facts.of("case_record")
        let mine = facts.of("interest_block").filter { $0["account_id"] == account }
        var people = Set(mine.compactMap { $0["person_id"] })
        for tie in facts.of("relationship") where people.contains(tie["harming_id"] ?? "") {
            if let harmed = tie["harmed_id"], mine.contains(where: { $0["person_id"] == tie["harming_id"] }) {
                people.insert(harmed)
            }
        }
        for block in mine {
            if let person = cases.first(where: { $0.key == block["case_id"] })?["person_id"] { people.insert(person) }
        }
        func keys(_ table: String, _ column: String, in known: Set<String>) -> Set<String> {
            Set(facts.of(table).filter { known.contains($0[column] ?? "") }.map(\.key))
        }
        let theirCases = keys("case_record", "person_id", in: people)
        let contacts = keys("contact", "person_id", in: people)
        func about(_ table: String) -> Set<String> {
            keys(table, "person_id", in: people).union(keys(table, "contact_id", in: contacts))
                .union(keys(table, "case_id", in: theirCases))
        }
        let subjects = people.union(theirCases).union(keys("case_note", "case_id", in: theirCases))
            .union(keys("risk_assessment", "person_id", in: people)).union(contacts)
            .union(keys("search_request", "contact_id", in: contacts)).union(about("referral"))
            .union(about("task"))
        return keys("audit_event", "subject_id", in: subjects)
    }

    /// Entries that say who looked at people of these agencies or at their cases, but for those who are withheld.
    static func seen(_ facts: Facts, agencies: Set<String>, withheld: Set<String>) -> Set<String> {
        let looks: Set = [
            "person-viewed", "timeline-viewed", "timeline-printed", "case-viewed", "support-viewed", "orders-viewed",
            "risk-viewed", "safe-contact-revealed", "address-revealed", "document-opened", "letter-opened",
            "safety-plan-viewed", "safety-plan-opened", "child-viewed", "setting-revealed",
            "outcomes-viewed", "marac-referral-viewed", "marac-referral-printed", "matters-viewed",
            "sanctuary-viewed", "sanctuary-order-printed", "reciprocal-viewed",
        ]
        func keys(_ table: String) -> Set<String> {
            Set(facts.of(table).filter { agencies.contains($0["agency_id"] ?? "") }.map(\.key)).subtracting(withheld)
        }
        let people = keys("person")
        let cases = keys("case_record").filter { id in
            facts.of("case_record").contains { $0.key == id && people.contains($0["person_id"] ?? "") }
        }
        let subjects = ["person": people, "case": Set(cases)]
        return Set(facts.of("audit_event").filter { entry in
            looks.contains(entry["event"] ?? "")
                && subjects[entry["subject_kind"] ?? ""]?.contains(entry["subject_id"] ?? "") ?? false
        }.map(\.key))
    }

    /// A moment as PostgreSQL writes it in JSON.
    static func moment(_ text: String?) -> Date? {
        text.flatMap { Date(column: $0.replacing("T", with: " ")) }
    }

    /// The day in London, as roles begin and end: `2026-01-31`.
    static func londonDay(_ moment: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Europe/London") ?? .gmt
        let day = calendar.dateComponents([.year, .month, .day], from: moment)
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        return "\(day.year ?? 0)-\(two(day.month))-\(two(day.day))"
    }
}
