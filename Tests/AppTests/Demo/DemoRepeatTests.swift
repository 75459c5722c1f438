import Crypto
import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The demonstration is the same every time")
struct DemoRepeatTests {
    @Test func `the same day gives the same rows`() throws {
        func fingerprint() throws -> [DemoTable: String] {
            var hashes: [DemoTable: SHA256] = [:]
            var generator = DemoGenerator(.rutland, now: DemoSample.now, sealing: OpenSealing())
            try generator.run(doors: [:]) { batch in
                for (table, rows) in batch.filled { hashes[table, default: SHA256()].update(data: Data(rows.bytes)) }
            }
            return hashes.mapValues { Data($0.finalize()).hex }
        }
        let first = try fingerprint()
        #expect(first == (try fingerprint()))
        #expect(Set(first.keys) == Set(DemoTable.allCases))
    }

    @Test(arguments: [1, 4, 39, 200]) func `another day gives the same people, with later dates`(_ days: Double) {
        let today = DemoSample.rutland
        let later = DemoSample(.rutland, now: DemoSample.now.addingTimeInterval(days * 86_400))
        let columns = ["id", "given_name", "family_name", "date_of_birth", "sex", "ethnicity", "language", "area_id"]
        func people(_ sample: DemoSample) -> Set<[String?]> {
            Set(sample[.person].map { row in columns.map { row[$0] } })
        }
        #expect(people(today).subtracting(people(later)).isEmpty)
        #expect(people(later).subtracting(people(today)).isEmpty)
        func lastOpening(_ sample: DemoSample) -> String? { sample[.caseRecord].compactMap { $0["opened_at"] }.max() }
        #expect(lastOpening(today)! < lastOpening(later)!)
    }

    @Test func `passwords are the same every time, long, and one for each`() {
        let passwords = (0..<7).map(DemoPasswords.password)
        #expect(passwords == (0..<7).map(DemoPasswords.password))
        #expect(passwords.allSatisfy { $0.count >= 15 })
        #expect(Set(passwords).count == 7)
    }

    @Test func `chance is SplitMix64 and stays within its bounds`() {
        var dice = DemoDice(.plan, 1)
        var other = DemoDice(.plan, 2)
        let first = dice.next()
        #expect(first != other.next())
        #expect((0..<1_000).allSatisfy { _ in (3...5).contains(dice.within(3...5)) })
        #expect((0..<1_000).allSatisfy { _ in (0..<1).contains(dice.fraction()) })
        let ids = (0..<1_000).map { _ in dice.uuid().uuidString }
        #expect(Set(ids).count == 1_000)
        #expect(ids.allSatisfy { $0.dropFirst(14).first == "4" })
    }
}
