import Foundation
import Postgres
import Testing

@testable import AppTestSupport

@Suite("The World", .needsClone)
struct WorldTests {
    @Test func `every table of casework has rows of every agency in both partnerships`() async throws {
        try await Clone.lend { clone in
            let missing = try await clone.undone { db in
                let catalogue = try db.catalogue()
                let facts = try db.facts(catalogue)
                // The police refer, and do no casework here.
                let agencies = facts.of("agency").map(\.key).filter { !$0.hasSuffix("b000-000000000005") }
                let others = ["role_assignment", "audit_event"]
                return catalogue.tables.filter { $0.has("agency_id") && !others.contains($0.name) }
                    .flatMap { table in
                        let present = Set(facts.of(table.name).compactMap { $0["agency_id"] })
                        return agencies.filter { !present.contains($0) }.map { "\(table.name) \($0)" }
                    }
            }
            #expect(missing == [])
        }
    }

    @Test func `every row's partnership is its agency's, and every name in Swift is a row`() async throws {
        try await Clone.lend { clone in
            let (strays, rows) = try await clone.undone { db in
                let facts = try db.facts(db.catalogue())
                let homes = Dictionary(uniqueKeysWithValues: facts.of("agency").map { ($0.key, $0["partnership_id"]) })
                let strays = facts.rows.flatMap { table, rows in
                    rows.filter { row in row["agency_id"].map { homes[$0] != row["partnership_id"] } ?? false }
                        .map { "\(table) \($0.key)" }
                }
                return (strays, facts.rows.mapValues { Set($0.map(\.key)) })
            }
            #expect(strays == [])
            let people = [
                World.maya, World.marcus, World.nell, World.rafe, World.olive, World.gregor, World.priyanka, World.dean,
                World.rina, World.tomas, World.ines, World.zoe, World.farida, World.colm, World.beth, World.wanda,
                World.sorcha, World.nerys, World.agnes, World.lionel, World.marcusHimself, World.mayaAsNamed,
            ]
            let cases = [
                World.mayasCase, World.nellsCase, World.nellsSecondCase, World.nellsClosedCase, World.olivesCase,
                World.priyankasCase, World.priyankasClosedCase, World.rinasCase, World.inessCase, World.faridasCase,
                World.bethsCase, World.wandasCase, World.sorchasCase, World.neryssCase, World.agnessCase, World.marcussCase,
            ]
            func both(_ ids: [UUID]) -> Set<String> { Set((ids + ids.map(World.mirrored)).map(\.column)) }
            #expect(rows["person"] == both(people))
            #expect(rows["case_record"] == both(cases))
            #expect(rows["agency"] == both([World.harbour, World.lighthouse, World.northfieldHousing, World.pathways, World.northshirePolice]))
            #expect(rows["area"] == both([World.northshire, World.upperVale, World.lowerVale]))
            #expect(rows["partnership"] == both([World.north]))
            #expect(World.mirrored(World.north) == World.south)
            #expect(rows["account"] == both(World.Staff.allCases.map(\.account)))
            #expect(rows["session"]?.isSuperset(of: both(World.Staff.allCases.map { $0.session() })) == true)
        }
    }
}
