import Foundation
import Postgres

/// A case's orders in a few words: kinds, service and terms, and how many breaches.
struct OrdersInBrief: Sendable {
    struct Line: Sendable {
        let kind: OrderKind
        let service: OrderService
        let term: OrderTerm
    }

    /// In force or to come, whichever ends first; then what has ended.
    let lines: [Line]
    let breaches: Int

    /// From what `Connection.orderCounts` found.
    init(_ found: [String: Int]) {
        breaches = found["breach"] ?? 0
        lines = found.flatMap { what, times -> [Line] in
            let parts = what.split(separator: " ").map(String.init)
            guard parts.count == 5, parts[0] == "order", let kind = OrderKind(rawValue: parts[1]),
                let service = OrderService(rawValue: parts[2]), let from = Day(column: parts[3]) else { return [] }
            let line = Line(kind: kind, service: service, term: OrderTerm(from: from, until: Day(column: parts[4])))
            return Array(repeating: line, count: times)
        }.sorted { ($0.term, $0.kind.label) < ($1.term, $1.kind.label) }
    }
}

extension OrderTerm: Comparable {
    /// Whichever ends first; what has no end comes last.
    static func < (one: OrderTerm, other: OrderTerm) -> Bool {
        guard let end = one.until else { return other.until == nil && one.from < other.from }
        guard let otherEnd = other.until else { return true }
        return (end, one.from) < (otherEnd, other.from)
    }
}

extension Connection {
    /// A case's orders in brief and its breaches, for a statement that its page runs anyway: "order", kind, service,
    /// first and last day.
    static func orderCounts(of caseID: UUID) -> SQL {
        """
        SELECT concat_ws(' ', 'order', o.kind, h.service, h.from_on, coalesce(h.until_on::text, '-')) AS what,
               count(*) AS times
        FROM app.legal_order o JOIN app.legal_order_change h ON h.order_id = o.id AND h.version = o.version
        WHERE o.case_id = \(caseID) GROUP BY 1
        UNION ALL SELECT 'breach', count(*) FROM app.order_breach b WHERE b.case_id = \(caseID)
        """
    }

    /// A case's orders as they stand, each with what was said before and its breaches: two statements.
    func orders(of caseID: UUID, only order: UUID? = nil) throws -> [LegalOrder] {
        var orders: [LegalOrder] = []
        _ = try all("""
            SELECT o.id, o.kind, o.version AS newest, h.version, h.applicant, h.court, h.made_on, h.service,
                   h.served_on, h.from_on, h.until_on, h.conditions, h.recorded_at, a.full_name
            FROM app.legal_order o JOIN app.legal_order_change h ON h.order_id = o.id
            LEFT JOIN app.account a ON a.id = h.recorded_by
            WHERE o.case_id = \(caseID) AND (\(order)::uuid IS NULL OR o.id = \(order))
            ORDER BY h.version = o.version DESC, h.recorded_at DESC, h.version DESC LIMIT 200
            """) { row in
            let id: UUID = try row["id"]
            let said = try OrderChange(row: row)
            if let place = orders.firstIndex(where: { $0.id == id }) {
                orders[place].earlier.append(said)
            } else if said.version == (try row["newest"]) {
                orders.append(LegalOrder(id: id, kind: try row["kind"], now: said, earlier: []))
            }
        }
        if orders.isEmpty { return [] }
        _ = try all("""
            SELECT b.order_id, b.happened_on, b.what, b.report, b.recorded_at, a.full_name
            FROM app.order_breach b LEFT JOIN app.account a ON a.id = b.recorded_by
            WHERE b.case_id = \(caseID) AND (\(order)::uuid IS NULL OR b.order_id = \(order))
            ORDER BY b.happened_at DESC, b.id DESC LIMIT 200
            """) { row in
            let id: UUID = try row["order_id"]
            guard let place = orders.firstIndex(where: { $0.id == id }) else { return }
            orders[place].breaches.append(OrderBreach(
                happenedOn: try row["happened_on"], what: try row["what"], report: try row["report"],
                recordedAt: try row["recorded_at"], by: try row["full_name"] ?? ""))
        }
        return orders.sorted { ($0.now.terms.term, $0.name) < ($1.now.terms.term, $1.name) }
    }

    func addOrder(_ id: UUID, _ form: OrderForm, on record: CaseRecord, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.legal_order (id, partnership_id, agency_id, case_id, person_id, kind, version, recorded_at,
                                         recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person), \(form.kind),
                    1, \(visit.now), \(visit.viewer.account))
            """)
        try say(1, of: id, form.terms, on: record, visit)
    }

    /// Says something new of an order, based on `version`; what was said before is kept. Throws `Overtaken` when
    /// somebody else said something meanwhile.
    func changeOrder(
        _ id: UUID, _ terms: OrderTerms, basedOn version: Int, on record: CaseRecord, _ visit: Visit
    ) throws {
        let changed = try run("""
            UPDATE app.legal_order SET version = version + 1
            WHERE id = \(id) AND case_id = \(record.id) AND version = \(version)
            """)
        guard changed == 1 else { throw Overtaken() }
        try say(version + 1, of: id, terms, on: record, visit)
    }

    private func say(
        _ version: Int, of order: UUID, _ terms: OrderTerms, on record: CaseRecord, _ visit: Visit
    ) throws {
        try run("""
            INSERT INTO app.legal_order_change (order_id, partnership_id, agency_id, case_id, person_id, version,
                applicant, court, made_on, service, served_on, from_on, until_on, conditions, recorded_at, recorded_by)
            VALUES (\(order), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person), \(version),
                \(terms.applicant), \(terms.court), \(terms.madeOn), \(terms.service), \(terms.servedOn),
                \(terms.term.from), \(terms.term.until), \(terms.conditions), \(visit.now), \(visit.viewer.account))
            """)
    }

    func addBreach(_ id: UUID, _ form: BreachForm, of order: UUID, on record: CaseRecord, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.order_breach (id, partnership_id, agency_id, case_id, person_id, order_id, happened_on,
                                          what, report, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person), \(order),
                    \(form.day), \(form.what), \(form.report), \(visit.now), \(visit.viewer.account))
            """)
    }
}

extension OrderChange {
    fileprivate init(row: Row) throws {
        self.init(
            version: try row["version"], terms: OrderTerms(
                applicant: try row["applicant"], court: try row["court"], madeOn: try row["made_on"],
                service: try row["service"], servedOn: try row["served_on"],
                term: OrderTerm(from: try row["from_on"], until: try row["until_on"]),
                conditions: try row["conditions"]),
            recordedAt: try row["recorded_at"], by: try row["full_name"] ?? "")
    }
}
