import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("What the demonstration writes")
struct DemoTextTests {
    @Test func `phrases fill their places and make their choices`() {
        var dice = DemoDice(.note, 1)
        let words = DemoWords(female: false, perpFemale: true, perp: "wife", kids: "his son", town: "Oakham")
        #expect(
            DemoPhrase("{She} told {him} about {kids} in {town}.").written(words, &dice)
                == "He told her about his son in Oakham.")
        let two = DemoPhrase("[a|b[c|]]")
        let written = Set((0..<200).map { _ in two.written(words, &dice) })
        #expect(written == ["a", "b", "bc"])
        var same = words
        same.female = true
        #expect(DemoPhrase("{She} fears {his} temper.").written(same, &dice) == "She fears the wife's temper.")
    }

    @Test func `every phrase can be written, and none is left open`() {
        let lists =
            DemoTopic.allCases.map(DemoNoteWords.phrases) + Array(DemoContactWords.attempts.values)
            + Array(DemoContactWords.unknown.values) + [
                DemoNoteWords.openings, DemoNoteWords.endings, DemoContactWords.harmed, DemoContactWords.ownWords,
                DemoContactWords.harmedByFamily, DemoContactWords.thirdParty, DemoContactWords.professional,
                DemoContactWords.ownBehaviour, DemoContactWords.silent, DemoContactWords.wrongNumber,
                DemoContactWords.harmedWithChildren, DemoContactWords.later, DemoContactWords.advice,
                DemoContactWords.adviceToOthers, DemoContactWords.promised,
                DemoContactWords.riskUnclear, DemoContactWords.oneAtRisk, DemoContactWords.bothAtRisk,
            ]
        var dice = DemoDice(.note, 2)
        for phrase in lists.joined() {
            for female in [true, false] {
                let text = phrase.written(DemoWords(female: female, town: "Oakham"), &dice)
                #expect(!text.isEmpty)
                #expect(!text.contains { "[]{}|\\".contains($0) } && !text.contains("  "), "\(text)")
            }
        }
        #expect(lists.allSatisfy { !$0.isEmpty })
    }

    @Test func `slips change a word a little, and short words not at all`() {
        var dice = DemoDice(.note, 3)
        #expect(DemoTypos.slip(in: "Ann", &dice) == "Ann")
        let slips = Set((0..<100).map { _ in DemoTypos.slip(in: "Ironmonger", &dice) })
        #expect(slips.count > 10)
        #expect(slips.allSatisfy { $0.first == "I" && (9...11).contains($0.count) })
        let hurried = (0..<100).map { _ in DemoTypos.hurried("She definitely received the letter.", &dice) }
        #expect(hurried.contains { $0.lowercased().contains("definately") })
    }

    @Test func `rows are written as COPY reads them`() {
        var rows = DemoRows()
        rows.add("a\tb\\c\nd", nil, 7, true, Data([0, 255]), DemoDay(year: 2024, month: 2, day: 29))
        rows.add(UUID(uuidString: "0123ABCD-4567-489A-8BCD-EF0123456789")!, DemoMoment(seconds: 951_782_399))
        #expect(
            String(decoding: rows.bytes, as: UTF8.self) == """
                a\\tb\\\\c\\nd\t\\N\t7\tt\t\\\\x00ff\t2024-02-29
                0123abcd-4567-489a-8bcd-ef0123456789\t2000-02-28 23:59:59+00

                """)
        #expect(rows.count == 2)
    }

    @Test func `what the maker throws and what the sender throws stops both`() throws {
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try DemoPipe.run { put in
                try put(DemoBatch())
                throw Stop()
            } sending: { _ in
            }
        }
        #expect(throws: Stop.self) {
            try DemoPipe.run { put in
                for _ in 0..<100 { try put(DemoBatch()) }
            } sending: { _ in
                throw Stop()
            }
        }
        var sent = 0
        try DemoPipe.run { put in
            for _ in 0..<100 { try put(DemoBatch()) }
        } sending: { _ in
            sent += 1
        }
        #expect(sent == 100)
    }
}
