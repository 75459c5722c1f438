import Foundation
import Postgres

/// Somebody who may be the one looked for.
struct Match: Sendable {
    let person: Person
    let openCase: CaseReference?
    let worker: String?
    let why: [MatchReason]
    /// The names on their other records, where somebody confirmed that it is the same person.
    let alsoAs: [String]
}

/// What a search found: the people whom the viewer may see, and whether a partner knows somebody of that exact name
/// and date of birth.
struct SearchResults: Sendable {
    let matches: [Match]
    /// Never which partner, nor anything about the person.
    let isKnownToPartner: Bool
}

struct CaseReference: Sendable {
    let id: UUID
    let reference: String
}

extension Place {
    static func search(_ id: UUID, in partnership: UUID) -> Place {
        Place(table: "search_request", column: "criteria_sealed", row: id, agency: partnership)
    }
}

extension Connection {
    /// How often the viewer has searched today outside an open contact or case.
    func freeSearches() throws -> Int {
        try first("SELECT app.free_searches() AS n") { try $0["n"] } ?? 0
    }

    /// Whether a search needs no other reason: it comes from an open case, or from a contact that was recorded within
    /// a day. Whoever is looked up from an old one is looked up freely, and that is counted.
    func isReason(_ origin: SearchOrigin) throws -> Bool {
        switch origin {
        case .nowhere, .tie: false
        case .contact(let id):
            try first("SELECT recorded_at > now() - interval '1 day' AS open FROM app.contact WHERE id = \(id)") {
                try $0["open"]
            } ?? false
        case .caseRecord(let id):
            try first("SELECT closed_at IS NULL AS open FROM app.case_record WHERE id = \(id)") {
                try $0["open"]
            } ?? false
        }
    }

    /// A caller on the line is a reason too: `isFree` is false then.
    func saveSearch(_ id: UUID, _ form: SearchForm, isFree: Bool, _ visit: Visit) throws {
        let sealed = try Sealed.seal(
            JSONEncoder().encode(form), key: visit.services.keys.search,
            place: .search(id, in: visit.viewer.partnership))
        try run("""
            INSERT INTO app.search_request (id, partnership_id, account_id, criteria_sealed, purpose, contact_id,
                                            free, enquiry)
            VALUES (\(id), \(visit.viewer.partnership), \(visit.viewer.account), \(sealed), \(form.recordedPurpose),
                    \(form.contact), \(isFree), \(form.enquiry ?? ""))
            """)
    }

    func search(_ id: UUID, _ visit: Visit) throws -> SearchForm? {
        let sealed: Data? = try first("""
            SELECT criteria_sealed FROM app.search_request
            WHERE id = \(id) AND account_id = \(visit.viewer.account) AND at > now() - interval '12 hours'
            """) { try $0["criteria_sealed"] }
        guard let sealed else { return nil }
        return try JSONDecoder().decode(SearchForm.self, from: Sealed.open(
            sealed, key: visit.services.keys.search, place: .search(id, in: visit.viewer.partnership)))
    }

    /// Runs the search through the audited function; at most 20, best first. The function tells in a row without a
    /// person that a partner knows somebody: one statement, whether anybody does or not.
    func results(_ id: UUID, _ form: SearchForm, _ visit: Visit) throws -> SearchResults {
        let index = visit.services.keys.index
        let phone = form.phone.isEmpty ? nil : index.token(for: form.phone, field: "phone")
        let postcode = form.postcode.isEmpty ? nil : index.token(for: form.postcode, field: "postcode")
        let rows = try all("""
            SELECT s.reasons, s.known_as, p.id, p.agency_id, p.given_name, p.family_name, p.date_of_birth,
                   p.birth_known, p.sex, p.ethnicity, p.language, p.interpreter, p.version, c.id AS case_id,
                   c.reference, w.full_name AS worker,
                   ARRAY(SELECT trim(o.given_name || ' ' || o.family_name)
                         FROM app.same_people(p.id) t JOIN app.person o ON o.id = t ORDER BY o.created_at, o.id) AS also
            FROM app.search_people(\(id), \(form.given), \(form.family), \(form.bornDay), \(phone), \(postcode)) s
            LEFT JOIN app.person p ON p.id = s.person_id
            LEFT JOIN LATERAL (
                SELECT c.id, c.reference, c.worker_id FROM app.case_record c
                WHERE c.person_id = p.id AND c.closed_at IS NULL ORDER BY c.opened_at DESC LIMIT 1) c ON true
            LEFT JOIN app.account w ON w.id = c.worker_id
            ORDER BY s.score DESC, p.id
            """) { row -> Match? in
            guard try row["id"] as UUID? != nil else { return nil }
            let caseID: UUID? = try row["case_id"]
            return Match(
                person: try Person(row: row),
                openCase: try caseID.map { CaseReference(id: $0, reference: try row["reference"]) },
                worker: try row["worker"], why: MatchReason.all(try row["reasons"], knownAs: try row["known_as"]),
                alsoAs: try row["also"])
        }
        return SearchResults(matches: rows.compactMap(\.self), isKnownToPartner: rows.contains { $0 == nil })
    }
}
