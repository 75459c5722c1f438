import Foundation
import Postgres
import Testing

@Suite("The policies against an independent statement of them", .needsClone)
struct OracleTests {
    @Test func `everyone in both partnerships may do with every row exactly what the design says`() async throws {
        try await Widened.use { world in
            let (count, mismatches) = try await world.clone.undone { db in
                let survey = try db.survey(world.catalogue, Visitor.everyone)
                var mismatches: [Mismatch] = []
                for table in world.catalogue.tables {
                    for deed in Deed.allCases {
                        mismatches += try db.differences(survey, table, deed)
                    }
                }
                return (survey.facts.rows.values.map(\.count).reduce(0, +) * survey.visitors.count, mismatches)
            }
            #expect(mismatches == [])
            #expect(count > 20_000)
        }
    }
}
