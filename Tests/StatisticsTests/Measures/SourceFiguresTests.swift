import Foundation
import Statistics
import Testing

/// The figures of five real documents: what each prints, what its own inputs give, and what is wrong with it. A copy of
/// the project's list without its sources; formulas in the words of `Formula`.
@Suite("The source documents' figures") struct SourceFiguresTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let id, statement, inputs, formula, printed, value, working, verdict: String
        let digits: Int
        let question: PrintedFigure.Question
        var testDescription: String { id }
    }

    static let rows: [Row] = {
        var root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        for _ in 1...3 { root.deleteLastPathComponent() }
        let file = root.appendingPathComponent("Data/assessment/source-figures.csv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let fields = Self.fields(line)
            guard fields.count == 10, let digits = Int(fields[4]),
                let question = PrintedFigure.Question(rawValue: fields[5])
            else { return nil }
            return Row(
                id: fields[0], statement: fields[1], inputs: fields[2], formula: fields[3], printed: fields[6],
                value: fields[7], working: fields[8], verdict: fields[9], digits: digits, question: question)
        }
    }()

    private static func fields(_ line: Substring) -> [String] {
        var fields = [""], isQuoted = false
        for letter in line.replacing("\"\"", with: "\u{1}") {
            switch letter {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(letter == "\u{1}" ? "\"" : letter)
            }
        }
        return fields
    }

    @Test func `all 155 of the list are here`() {
        #expect(Self.rows.count == 155 && Set(Self.rows.map(\.id)).count == 155)
        let verdicts = Dictionary(grouping: Self.rows, by: \.verdict).mapValues(\.count)
        #expect(verdicts["WRONG_UNIT"] == 2 && (verdicts["WRONG"] ?? 0) > 8 && (verdicts["TRUNCATED"] ?? 0) > 5)
    }

    @Test(arguments: rows) func `gives the right value, and the verdict on what was printed`(_ row: Row) throws {
        let found = try PrintedFigure(
            row.question, printed: row.printed, formula: row.formula, inputs: row.inputs, digits: row.digits)
        #expect(Self.plain(found.right) == Self.plain(row.value), "\(row.statement)")
        #expect(found.verdict.code == row.verdict, "\(row.statement): \(found.verdict)")
        if !row.working.isEmpty { #expect(found.working == row.working) }
    }

    /// Numbers as numbers: 15,000 and 15000, 5.0 and 5.
    private static func plain(_ text: String) -> [String] {
        text.components(separatedBy: "; ").map { one in
            Fraction(one.filter { $0 != "," && $0 != "%" }).map { $0.shortText(6) } ?? one
        }
    }

    @Test func `says by how much, and by which factor`() throws {
        func verdict(_ printed: String, _ formula: String) throws -> PrintedFigure.Verdict {
            try PrintedFigure(.figure, printed: printed, formula: formula, digits: 2).verdict
        }
        #expect(try verdict("0.015%", "335/21113*100") == .wrongUnit(factor: try #require(Fraction(1, over: 100))))
        #expect(try verdict("8.72", "38/529*100") == .wrong(by: Fraction("1.54")))
        #expect(try verdict("339", "(281-67)/67*100") == .wrong(by: Fraction(20)))
        #expect(try verdict("61", "8/13*100") == .truncated)
        #expect(try verdict("two-thirds", "1.6/2.357*100") == .ok)
        #expect(try verdict("two-thirds", "1/2*100") != .ok)
        #expect(try verdict("over three times", "3") != .ok)
        #expect(try verdict("1.59%", "335/21113*100") == .ok)
    }

    @Test(arguments: [
        ("", "", "empty"), ("a+", "a=1", "too soon"), ("a/b", "a=1;b=0", "divided by 0"), ("c", "1;2", "no input c"),
        ("nope(1)", "", "no function"), ("1 2", "", "understood"), ("weekday(3)", "", "date"), ("\"x", "", "too soon"),
        ("\"x\"+1", "", "number is needed"), ("1.2345678", "", "understood"), ("quarter(5)", "", "no such part"),
        (String(repeating: "(", count: 50) + "1", "", "brackets"), ("round(1, 9)", "", "digits"),
        ("999999999999999*999999999999999*999999999999999", "", "too large"),
    ]) func `a formula that can't be worked out says why`(_ formula: String, _ inputs: String, _ hint: String) {
        do throws(FormulaProblem) {
            _ = try Formula(formula, inputs: inputs).value()
            Issue.record("worked out")
        } catch {
            #expect(error.description.contains(hint), "\(error.description)")
        }
    }
}
