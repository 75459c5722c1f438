import Foundation
import Postgres

@testable import AppTestSupport

/// Compares what the database lets visitors do with what the oracle says, and collects the differences.
struct Survey: Sendable {
    /// The tables.
    let catalogue: Catalogue
    /// Their rows.
    let facts: Facts
    /// Who is asked about.
    let visitors: [Visitor]
    /// What each visitor should be able to do, in the visitors' order.
    let oracles: [Oracle]

    init(_ catalogue: Catalogue, _ facts: Facts, _ visitors: [Visitor]) {
        self.catalogue = catalogue
        self.facts = facts
        self.visitors = visitors
        oracles = visitors.map { Oracle(facts, $0) }
    }

    /// The keys of the rows of a table with which a visitor should be able to do something.
    /// With `slip`, the rules that give are passed over: only those that take away must hold.
    func expected(_ deed: Deed, _ table: Catalogue.Table, _ oracle: Oracle, slip: Bool) throws -> Set<String> {
        Set(try facts.of(table.name).filter { row in
            try slip ? oracle.isWithinReach(table.name, row) : oracle.allows(deed, table.name, row)
        }.map(\.key))
    }
}

extension Connection {
    /// The differences of one table and deed over all visitors; with `first`, it stops at the first visitor with any.
    ///
    /// For changing and removing, PostgreSQL asks for sight too, and so does this.
    func differences(_ survey: Survey, _ table: Catalogue.Table, _ deed: Deed, slip: Bool = false, first: Bool = false)
        throws -> [Mismatch] {
        var found: [Mismatch] = []
        for (visitor, oracle) in zip(survey.visitors, survey.oracles) where deed != .add || visitor.isOfTheFew {
            try become("drystone_app", token: visitor.token)
            if deed == .add {
                let candidates = try Candidate.all(for: visitor, table, survey.facts, oracle)
                let admitted = try admitted(candidates, to: table)
                for (place, candidate) in candidates.enumerated() {
                    let isIn = admitted.contains(place)
                    if try isIn != oracle.allows(.add, table.name, candidate.row) {
                        found.append(Mismatch(
                            visitor: visitor.token, deed: deed, table: table.name, row: candidate.description,
                            leaks: isIn))
                    }
                }
            } else {
                var expected = try survey.expected(deed, table, oracle, slip: slip)
                if deed != .see { expected.formIntersection(try survey.expected(.see, table, oracle, slip: slip)) }
                let seen = try allowed(deed, table)
                for key in seen.symmetricDifference(expected).sorted() {
                    found.append(Mismatch(
                        visitor: visitor.token, deed: deed, table: table.name, row: key, leaks: seen.contains(key)))
                }
            }
            if first, !found.isEmpty { break }
        }
        try run("RESET ROLE")
        return found
    }

    /// Prepares a transaction for comparing: foreign keys don't act, so that any row can be removed and put back.
    func survey(_ catalogue: Catalogue, _ visitors: [Visitor]) throws -> Survey {
        try run("SET LOCAL session_replication_role = replica")
        return Survey(catalogue, try facts(catalogue), visitors)
    }
}
