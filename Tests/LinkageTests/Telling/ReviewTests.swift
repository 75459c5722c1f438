import Foundation
import Testing

@testable import Linkage

@Suite("Pairs that a person decides")
struct ReviewTests {
    private let extracts: Extracts
    private let sample: String

    init() throws {
        extracts = try Extracts()
        sample = try extracts.file("a.csv", Extracts.lines())
    }

    /// Rows of a review. What is compared may have commas, and stands in quotes then.
    private func rows(_ linkage: Linkage, most: Int = 10_000) -> [[String]] {
        String(decoding: linkage.reviewFile(most: most), as: UTF8.self).split(separator: "\n").dropFirst().map { line in
            var fields = [""], isQuoted = false
            for letter in line {
                if letter == "\"" { isQuoted.toggle() }
                if letter == ",", !isQuoted { fields.append("") } else { fields[fields.count - 1].append(letter) }
            }
            return fields
        }
    }

    @Test func `the most doubtful come first, each pair of groups once, and never a value`() throws {
        let linkage = try Linkage.run([sample]), rows = rows(linkage)
        try #require(rows.count > 10)
        let doubts = rows.map { min(3, abs(Double($0[2])!)) }
        #expect(doubts == doubts.sorted())
        #expect(Set(rows.map { $0[0] + " " + $0[1] }).count == rows.count)
        for row in rows {
            #expect(row.count == 9 && row[6...].allSatisfy(\.isEmpty))
            #expect(linkage.areTogether(row[0], row[1]) == (row[4] == "together"))
        }
        #expect(rows.contains { $0[4] == "together" } && rows.contains { $0[4] == "apart" })
        // How fields compare, not what stands in them.
        let said = rows.map { $0[5] }.joined(), names = try Extracts.lines().dropFirst()
        #expect(said.contains("surname the same"))
        for line in names.prefix(400) {
            let surname = line.split(separator: ",", omittingEmptySubsequences: false)[5]
            #expect(surname.count < 4 || !said.contains(surname))
        }
        #expect(self.rows(linkage, most: 7) == Array(rows.prefix(7)))
    }

    @Test func `the file comes back filled in, is followed, and isn't asked again, with more rows too`() throws {
        let asked = rows(try Linkage.run([sample])).prefix(6)
        // Against the model each time.
        let filled = asked.map { row in
            (row[0...5] + [row[4] == "together" ? "different" : "Same", "A. Reviewer", "seen on paper"])
                .joined(separator: ",")
        }
        let heading = "record_id_l,record_id_r,weight,chance,now,compared,decision,by,why"
        let file = try extracts.file("decided.csv", [heading] + filled + ["X,Y,0,,,,,,"])
        let more = try extracts.file("more.csv", [Extracts.heading, "NEW1,police,,Zo,,Quill,1990-01-02,F,QX1 1AA,,"])
        for paths in [[sample], [more, sample]] {
            let again = try Linkage.run(paths, threads: 2) { $0.decisions = try! LinkDecision.read(file) }
            #expect(again.usedDecisions == 6 && again.unknownInDecisions.isEmpty)
            for row in asked {
                #expect(again.areTogether(row[0], row[1]) == (row[4] == "apart"), "\(row)")
            }
            let left = rows(again).map { $0[0] + " " + $0[1] }
            #expect(asked.allSatisfy { !left.contains($0[0] + " " + $0[1]) })
        }
    }

    @Test func `what decisions say together is settled`() throws {
        let lines = ["A", "B", "C"].map { "\($0),x,,Ann,,Quill,1990-01-02,F,QX1 1AA,," }
        let path = try extracts.file("b.csv", Extracts.lines() + lines)
        let linkage = try Linkage.run([path]) {
            $0.decisions = [
                LinkDecision("A", "B", isSame: true), LinkDecision("C", "B", isSame: false),
                LinkDecision("A", "nobody", isSame: true),
            ]
        }
        func place(_ name: String) -> Int { (0..<linkage.count).first { linkage.records.table.name($0) == name }! }
        #expect(linkage.decisions.isSettled(place("A"), place("C")))
        #expect(linkage.decisions.isSettled(place("B"), place("A")))
        #expect(linkage.areTogether("A", "B") && !linkage.areTogether("A", "C"))
        #expect(linkage.usedDecisions == 2 && linkage.unknownInDecisions == ["nobody"])
    }

    @Test func `rows that can't be used are named, all of them`() throws {
        let heading = "record_id_l,record_id_r,decision,by,why"
        for (lines, told) in [
            ([heading, "A,B,perhaps,me,so", "A,A,same,me,so", "A,C,same,,so", "A,D,same,me,"],
                ["line 2: the decision", "line 3: two different", "line 4: who decided", "line 5: why is missing"]),
            (["A,B"], ["line 1: three values"]), (["A,B,same", "A,,different"], ["line 2: two different record ids"]),
            (["record_id_l,b,c"], ["needs the columns"]), (["A,B,same", "\"A,B,same"], ["line 2: it can't be read"]),
        ] as [([String], [String])] {
            let path = try extracts.file("d.csv", lines)
            let problem = try #require(throws: LinkageProblem.self) { try LinkDecision.read(path) }
            for part in told { #expect(problem.description.contains(part), "\(problem.description)") }
        }
        let fine = try extracts.file("f.csv", ["\"A,1\",B,same", "C,D,", "E,F,DIFFERENT"])
        let read = try LinkDecision.read(fine)
        #expect(read.map(\.one) == ["A,1", "E"] && read.map(\.isSame) == [true, false])
        #expect(read[1].place == "\(fine), line 3")
    }

    @Test func `decisions that contradict each other are refused with where they stand`() throws {
        let first = try extracts.file("one.csv", ["ZA,ZB,same"])
        let second = try extracts.file("two.csv", ["ZB,ZA,different"])
        let rows = ["ZA", "ZB"].map { "\($0),x,,Ann,,Quill,1990-01-02,F,QX1 1AA,," }
        let path = try extracts.file("c.csv", [Extracts.heading] + rows)
        let problem = try #require(throws: LinkageProblem.self) {
            try Linkage.run([path]) { $0.decisions = try! LinkDecision.read(first) + LinkDecision.read(second) }
        }
        #expect(problem.description.contains("one.csv, line 1; ") && problem.description.contains("two.csv, line 1"))
    }
}
