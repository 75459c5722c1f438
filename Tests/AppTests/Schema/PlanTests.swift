import Foundation
import Postgres
import Testing

@testable import AppTestSupport

@Suite("Query plans at 20,000 cases", .needsClone)
struct PlanTests {
    @Test func `hot queries read no large table whole, planned for their values or for any`() async throws {
        try await Clone.use { clone in
            try await Crowd.load(into: clone)
            let (large, faults, seen) = try await clone.undone { db in
                let large: Set<String> = Set(try db.all("""
                    SELECT relname::text AS name FROM pg_class 
                    WHERE relnamespace = 'app'::regnamespace AND relkind = 'r' AND reltuples > \(Crowd.large)
                    """) { try $0["name"] as String })
                var faults: [String] = []
                for query in HotQuery.all {
                    for mode in ["force_custom_plan", "force_generic_plan"] {
                        let plan = try db.plan(of: query, mode: mode)
                        faults += plan.faults(large, rows: query.rows).map { "\(query.name), \(mode): \($0)" }
                    }
                }
                // The eye itself: nothing helps this one.
                let slow = HotQuery(
                    name: "slow", sql: "SELECT id FROM app.case_note WHERE body = $1", values: ["'x'::text"])
                let seen = try db.plan(of: slow, mode: "force_custom_plan").faults(large, rows: slow.rows)
                return (large, faults, seen)
            }
            #expect(faults == [])
            #expect(seen.contains("Seq Scan on case_note"))
            #expect(large.isSuperset(of: ["person", "person_name", "case_record", "case_note", "timeline_event"]))
        }
    }
}

/// A node of a plan that has run, as PostgreSQL's JSON tells it.
private struct PlanNode: Decodable, Sendable {
    let kind: String
    let relation: String?
    let rows: Double
    let removed: Double?
    let rechecked: Double?
    let loops: Double
    let plans: [PlanNode]?

    enum CodingKeys: String, CodingKey {
        case kind = "Node Type", relation = "Relation Name", rows = "Actual Rows", loops = "Actual Loops"
        case removed = "Rows Removed by Filter", rechecked = "Rows Removed by Index Recheck", plans = "Plans"
    }

    /// Scans of whole large tables, and scans that read more rows than `rows`, here and below.
    func faults(_ large: Set<String>, rows most: Int) -> [String] {
        var found = (plans ?? []).flatMap { $0.faults(large, rows: most) }
        if let relation, large.contains(relation) {
            let read = Int((rows + (removed ?? 0) + (rechecked ?? 0)) * loops)
            if kind == "Seq Scan" { found.append("Seq Scan on \(relation)") }
            if read > most { found.append("\(kind) on \(relation) read \(read) rows") }
        }
        return found
    }
}

/// What EXPLAIN answers: a list of one plan.
private struct Explained: Decodable {
    let plan: PlanNode
    enum CodingKeys: String, CodingKey { case plan = "Plan" }
}

extension Connection {
    /// Prepares, plans and runs a query as its viewer, and answers the plan.
    fileprivate func plan(of query: HotQuery, mode: String) throws -> PlanNode {
        if let viewer = query.viewer { try signIn(viewer) } else { try become("drystone_definer") }
        try script("SET LOCAL search_path = app, public; SET LOCAL plan_cache_mode = \(mode)")
        let name = SQL.identifier("\(query.name), \(mode)").text
        try script("PREPARE \(name) AS \(query.sql)")
        let values = query.values.joined(separator: ", ")
        let text: String? = try first(
            SQL(stringLiteral: "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE \(name)(\(values))")
        ) { try $0["QUERY PLAN"] }
        try run("RESET ROLE")
        return try JSONDecoder().decode([Explained].self, from: Data((text ?? "").utf8))[0].plan
    }
}
