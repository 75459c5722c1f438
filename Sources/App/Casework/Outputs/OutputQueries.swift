import Foundation
import Postgres

extension Connection {
    /// How much was done in each period: restricted cases count for those who may see them.
    func outputs(_ periods: [(title: String, period: Period)]) throws -> [OutputColumn] {
        let moments = periods.map(\.period.moments)
        let found = try all("""
            SELECT period, measure, amount FROM app.team_outputs(\(moments.map(\.from))::timestamptz[],
                \(moments.map(\.until))::timestamptz[])
            """) {
            (place: try $0["period"] as Int, measure: try $0["measure"] as String, amount: try $0["amount"] as Int)
        }
        return periods.enumerated().map { place, period in
            let amounts = found.filter { $0.place == place + 1 }.compactMap { row in
                Output(rawValue: row.measure).map { ($0, row.amount) }
            }
            return OutputColumn(
                title: period.title, period: period.period, amounts: Dictionary(amounts, uniquingKeysWith: +))
        }
    }

    /// The rows behind a number that this reader may see, newest first: 25 and one more.
    func outputRows(_ output: Output, _ period: Period, before: Keyset?, _ visit: Visit) throws -> [OutputRow] {
        guard let which = Self.outputRows(output, period, before) else { return [] }
        return try all("""
            SELECT o.* FROM unnest(\(visit.viewer.agencies(.viewTeam))::uuid[]) AS agency(id)
            CROSS JOIN LATERAL (\(which)) o
            ORDER BY o.at DESC, o.id DESC LIMIT 26
            """) { row in
            OutputRow(
                id: try row["id"], at: try row["at"],
                words: Self.words(output, first: try row["first"], second: try row["second"]),
                href: Self.href(output, try row["about"], try row["id"]))
        }
    }

    /// A scan of the period in order, backwards, for one agency.
    private static func outputRows(_ output: Output, _ period: Period, _ before: Keyset?) -> SQL? {
        let (from, until) = period.moments
        let last = before ?? .end
        func place(_ at: SQL, _ id: SQL) -> SQL {
            """
            AND \(at) >= \(from) AND \(at) < \(until)
            AND (\(at), \(id)) < (\(last.at)::timestamptz, \(last.id)::uuid)
            ORDER BY \(at) DESC, \(id) DESC LIMIT 26
            """
        }
        func attempts(_ channel: AttemptChannel) -> SQL {
            """
            SELECT t.id, t.happened_at AS at, t.case_id AS about, t.channel AS first, t.outcome AS second
            FROM app.contact_attempt t WHERE t.agency_id = agency.id AND t.channel = \(channel) AND t.outcome = 'spoke'
            \(place("t.happened_at", "t.id"))
            """
        }
        switch output {
        case .helpline: return """
            SELECT k.id, k.happened_at AS at, k.id AS about, k.caller AS first, k.outcome AS second FROM app.contact k
            WHERE k.agency_id = agency.id AND k.channel = 'helpline' \(place("k.happened_at", "k.id"))
            """
        case .assessments: return """
            SELECT r.id, r.assessed_at AS at, r.person_id AS about, r.level AS first,
                   array_to_string(r.bases, ' ') AS second
            FROM app.risk_assessment r WHERE r.agency_id = agency.id AND r.received_day IS NULL
            \(place("r.assessed_at", "r.id"))
            """
        case .opened: return """
            SELECT c.id, c.opened_at AS at, c.id AS about, c.reference AS first, c.risk AS second FROM app.case_record c
            WHERE c.agency_id = agency.id \(place("c.opened_at", "c.id"))
            """
        case .closed: return """
            SELECT c.id, c.closed_at AS at, c.id AS about, c.reference AS first, c.risk AS second FROM app.case_record c
            WHERE c.agency_id = agency.id AND c.closed_at IS NOT NULL \(place("c.closed_at", "c.id"))
            """
        case .telephone: return attempts(.telephone)
        case .faceToFace: return attempts(.inPerson)
        case .safetyPlans, .multiAgency, .court, .changingLives: return nil
        }
    }

    private static func words(_ output: Output, first: String, second: String) -> String {
        switch output {
        case .helpline:
            [CallerKind(rawValue: first)?.label, ContactOutcome(rawValue: second)?.label].compactMap(\.self)
                .joined(separator: ": ")
        case .assessments:
            "\(RiskLevel(rawValue: first)?.label ?? "") by \(basisWords(second))"
        case .opened, .closed: first
        default: AttemptChannel(rawValue: first)?.label ?? ""
        }
    }

    private static func href(_ output: Output, _ about: UUID, _ id: UUID) -> String {
        switch output {
        case .helpline: "/contacts/\(id.column)"
        case .assessments: "/people/\(about.column)/risk/\(id.column)"
        default: "/cases/\(about.column)"
        }
    }
}
