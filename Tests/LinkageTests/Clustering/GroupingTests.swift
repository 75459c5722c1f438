import Testing

@testable import Linkage

@Suite("Who is one person, and who never is")
struct GroupingTests {
    private let extracts: Extracts
    private let lines: [String]

    init() throws {
        extracts = try Extracts()
        lines = try Extracts.lines()
    }

    private func linked(_ rows: [String], _ change: (inout LinkageOptions) -> Void = { _ in }) throws -> Linkage {
        try Linkage.run([try extracts.file("a.csv", lines + rows)], change)
    }

    @Test func `one woman under many spellings is one, and her family are others`() throws {
        let linkage = try linked([
            "Z1,police,,MARGARET,,OKONKWO-LEE,1979-03-04,F,QX91 7ZZ,,00799912345",
            "Z2,refuge,,Maggie,,Okonkwo Lee,1979-04-03,F,,,00799912345",
            "Z3,housing,,M,,Okonkwo,1979-03-04,F,QX917ZZ,,",
            "Z4,health,,Margaret,Ann,Okonkwo-Lee,1979-03-04,F,QX91 7ZZ,9990000018,0799912345",
            "Z5,health,,Thandi,,Okonkwo-Lee,2001-09-14,F,QX91 7ZZ,,00799912345",
            "Z6,health,,Kofi,,Okonkwo-Lee,2003-01-22,M,QX91 7ZZ,,00799912345",
        ])
        for other in ["Z2", "Z3", "Z4"] { #expect(linkage.areTogether("Z1", other), "\(other)") }
        for other in ["Z5", "Z6"] { #expect(!linkage.areTogether("Z1", other), "\(other)") }
        #expect(!linkage.areTogether("Z5", "Z6"))
    }

    @Test func `two right NHS numbers are two people, whatever else is the same`() throws {
        let linkage = try linked([
            "Z1,health,,Margaret,,Okonkwo,1979-03-04,F,QX91 7ZZ,9434765919,00799912345",
            "Z2,health,,Margaret,,Okonkwo,1979-03-04,F,QX91 7ZZ,9434765870,00799912345",
        ])
        #expect(!linkage.areTogether("Z1", "Z2"))
    }

    @Test func `twins and a daughter with her mother's name stay apart`() throws {
        let linkage = try linked([
            "Z1,health,,Adaeze,,Okonkwo,1979-03-04,F,QX91 7ZZ,,", "Z2,police,,Adaeze,,Okonkwo,1979-03-04,F,QX91 7ZZ,,",
            "Z3,health,,Ngozi,,Okonkwo,1979-03-04,F,QX91 7ZZ,,", "Z4,police,,Ngozi,,Okonkwo,1979-03-04,F,QX91 7ZZ,,",
            "Z5,health,,Adaeze,,Okonkwo,2004-11-20,F,QX91 7ZZ,,",
        ])
        #expect(linkage.areTogether("Z1", "Z2") && linkage.areTogether("Z3", "Z4"))
        #expect(!linkage.areTogether("Z1", "Z3") && !linkage.areTogether("Z1", "Z5"))
    }

    @Test func `a town's households, with names and addresses only, aren't merged into families`() throws {
        var dice = Dice(21), rows: [String] = [], truth: [String: Int] = [:], person = 0
        let first = "Ann Beth Carl Dora Eli Fay Gwen Hugh Iris Joan Karl Lena Max Nell Owen Pia Ruth Sam Tom Una Vera"
            .split(separator: " ")
        let last = "Ash Birch Crane Dove Elm Finch Gale Heath Ivy Jay Kite Lark Moss Nash Oak Pike Reed Swan Teal"
            .split(separator: " ")
        for house in 0..<220 {
            let surname = last[dice.below(last.count)], street = last[dice.below(last.count)]
            var names = Set<Int>()
            while names.count < 2 + dice.below(3) { names.insert(dice.below(first.count)) }
            for name in names.sorted() {
                for copy in 0..<(dice.share() < 0.6 ? 2 : 1) {
                    var forename = String(first[name])
                    if copy == 1, dice.share() < 0.1 { forename = String(forename.dropLast()) }
                    let record = "R\(rows.count)"
                    truth[record] = person
                    let source = copy == 0 ? "census" : "tax", address = "\(house) \(street) street"
                    rows.append("\(record),\(source),\(forename),\(surname)x\(house % 40),\(address)")
                }
                person += 1
            }
        }
        let path = try extracts.file("town.csv", ["id,source,first,last,address"] + rows)
        let linkage = try Linkage.run([path]) {
            $0.schema = LinkSchema(
                id: "id", source: "source",
                fields: [.init("first", .forename), .init("last", .surname), .init("address", .address)])
        }
        // Kinds that only dates of birth can tell would take pairs from one person's.
        #expect(linkage.model.priors[4...].allSatisfy { $0 == 0 })
        #expect(Quality.f1(linkage.byName, truth.mapValues(String.init)) >= 0.8)
    }

    @Test func `what a person decided outranks the model`() throws {
        let rows = [
            "Z1,health,,Margaret,,Okonkwo,1979-03-04,F,QX91 7ZZ,9434765919,00799912345",
            "Z2,police,,Margaret,,Okonkwo,1979-03-04,F,QX91 7ZZ,,00799912345",
            "Z3,health,,Bronwen,,Trevithick,1955-12-30,F,QX1 1AA,9434765870,",
        ]
        let before = try linked(rows)
        #expect(before.areTogether("Z1", "Z2") && !before.areTogether("Z1", "Z3"))
        let after = try linked(rows) {
            $0.decisions = [
                LinkDecision("Z1", "Z2", isSame: false), LinkDecision("Z3", "Z1", isSame: true),
                LinkDecision("Z1", "nobody", isSame: true),
            ]
        }
        #expect(!after.areTogether("Z1", "Z2") && after.areTogether("Z1", "Z3"))
        #expect(after.usedDecisions == 2 && after.unknownInDecisions == ["nobody"])
    }

    @Test func `decisions that contradict each other are refused`() throws {
        let rows = ["Z1,x,,A,,B,,,,,", "Z2,x,,C,,D,,,,,", "Z3,x,,E,,F,,,,,"]
        #expect(throws: LinkageProblem.self) {
            try linked(rows) {
                $0.decisions = [
                    LinkDecision("Z1", "Z2", isSame: true), LinkDecision("Z2", "Z3", isSame: true),
                    LinkDecision("Z3", "Z1", isSame: false),
                ]
            }
        }
    }

    @Test func `a chain of weak links holds nothing together`() {
        // Four in a row: neighbours agree, the ends don't.
        var weights: [Float] = [0, 3, -9, -9, 3, 0, 3, -9, -9, 3, 0, 3, -9, -9, 3, 0]
        #expect(AverageLink.run(4, &weights, cut: 0).groups == [0, 0, 2, 2])
    }
}
