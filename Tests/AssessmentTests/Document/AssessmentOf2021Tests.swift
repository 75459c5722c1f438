import Assessment
import Foundation
import Pages
import Statistics
import Testing

/// The needs assessment of 2021 of a small unitary authority, from its own published numbers: what it printed beside
/// what is right.
@Suite("The assessment of 2021, worked out again") struct AssessmentOf2021Tests {
    static func data(_ name: String) throws -> Data {
        var root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        for _ in 1...3 { root.deleteLastPathComponent() }
        return try Data(contentsOf: root.appendingPathComponent("Data/assessment/\(name)"))
    }

    static func assessment() throws -> Assessment {
        try AssessmentReader { _ in Data() }.assessment(try data("needs-2021.json"))
    }

    @Test func `each printed figure has the verdict that is due to it`() throws {
        let figures = try Self.assessment().figures
        var errors: [String: String] = [:]
        for one in figures {
            guard let verdict = one.verdict, verdict.isError else { continue }
            errors[one.id] = "\(one.figure.text) \(verdict.code)"
        }
        #expect(errors == [
            "fall_2": "-2.8% TRUNCATED", "fall_12": "-14.4% TRUNCATED", "child_share_18": "19.66% WRONG",
            "minoritised_18": "7.18% WRONG", "minoritised_19": "6.22% WRONG", "assess_1": "-10.64% TRUNCATED",
            "assess_2": "-47.62% TRUNCATED", "progressed_19": "67.86% TRUNCATED", "of_force_18": "1.59% WRONG_UNIT",
            "of_force_19": "1.64% WRONG_UNIT", "crimes_18": "66.3% TRUNCATED", "successful_20": "62% TRUNCATED",
            "refused_20": "38% WRONG",
        ])
        #expect(figures.count { $0.printed != nil && $0.verdict == .ok } == 33)
    }

    @Test func `what isn't there is said as what it is`() throws {
        let figures = try Self.assessment().figures
        func text(_ id: String) -> String? { figures.first { $0.id == id }?.figure.fullText }
        #expect(text("homeless_1") == "not available" && text("unknown_19") == "not available")
        #expect(text("families_rise") == "+20.7% (169 to 204)" && text("refused_19") == "100% (2 of 2)")
        #expect(text("marac_20") == "26.7% (16 of 60 recommended for 15,000 people)")
        #expect(text("spaces") == "225% (9 of 4 recommended for 39,927 people)")
        let gap = "+2.1 percentage points (33 of 453 known, 2,141 of 41,050 in the population)"
        #expect(text("gap_minoritised") == gap)
    }

    @Test func `the page is whole, plain and says what is wrong beside what is right`() throws {
        let assessment = try Self.assessment()
        let page = AssessmentPage(assessment, folder: "files").markup
        #expect(page.hasPrefix("<!DOCTYPE html>") && Balance.isBalanced(page))
        #expect(page.count(of: "<h1") == 1 && page.contains("<title>\(assessment.title)</title>"))
        for word in ["<script", " style=", "https://", "src=", "onclick", "javascript:", "@import"] {
            #expect(!page.contains(word), "\(word)")
        }
        #expect(page.contains("wrong, 100 times too small") && page.contains("0.015%") && page.contains("1.59%"))
        #expect(page.contains("Counts people as agencies recorded them") && page.contains("No return from Health."))
        let ids = page.components(separatedBy: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(Set(ids).count == ids.count)
        let links = page.components(separatedBy: "href=\"#").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(links.count > 70 && links.allSatisfy { ids.contains($0) })
        let files = Set(assessment.files.map(\.name))
        let saved = page.components(separatedBy: "href=\"files/").dropFirst().map { String($0.prefix { $0 != "\"" }) }
        #expect(!saved.isEmpty && saved.allSatisfy(files.contains))
        #expect(page.utf8.count < 250_000)
    }

    @Test func `what is kept has every figure's lineage, the same bytes each time`() throws {
        let assessment = try Self.assessment(), frozen = FrozenAssessment(assessment)
        #expect(try frozen.json() == FrozenAssessment(try Self.assessment()).json())
        let again = try FrozenAssessment(json: try frozen.json())
        #expect(try again.json() == frozen.json())
        let one = try #require(again.figures.first { $0.id == "child_share_19" })
        #expect(one.value == "5150/233" && one.numerator.place == "victims|2019/20|Under 18" && one.version == 1)
        #expect(one.numerator.value == "103" && one.denominator?.value == "466" && !one.notes.isEmpty)
        #expect(again.definitions.contains { $0.id == "marac_cases" } && again.tables.count == 14)
        #expect(again.checks.first { $0.id == "sf074" }?.outBy == "x 0.01")
    }

    @Test func `compared with itself nothing moved; another version isn't compared`() throws {
        let now = FrozenAssessment(try Self.assessment())
        let same = AssessmentComparison(now, since: now)
        #expect(same.lines.count == now.figures.count && same.gone.isEmpty && same.new.isEmpty)
        #expect(same.lines.allSatisfy { ["0", "0.0", "0.00", "0.000", "–"].contains($0.change) })
        let text = String(decoding: try now.json(), as: UTF8.self)
        let older = text.replacing("\"value\" : \"5150/233\"", with: "\"value\" : \"20\"")
            .replacing("\"id\" : \"fall_1\"", with: "\"id\" : \"fall_0\"")
        let moved = AssessmentComparison(now, since: try FrozenAssessment(json: Data(older.utf8)))
        #expect(moved.lines.first { $0.id == "child_share_19" }?.change == "+2.10")
        #expect(moved.gone == ["fall_0"] && moved.new == ["fall_1"])
        let anew = text.replacing("\"version\" : 1", with: "\"version\" : 2")
        let other = AssessmentComparison(now, since: try FrozenAssessment(json: Data(anew.utf8)))
        #expect(other.lines.allSatisfy { $0.change == "defined anew: not comparable" })
        let page = AssessmentPage(try Self.assessment(), comparison: moved).markup
        #expect(page.contains("Since the last assessment") && page.contains("+2.10") && Balance.isBalanced(page))
    }

    @Test func `small numbers that were public already are told to the analyst, not hidden in silence`() throws {
        let warnings = try Self.assessment().warnings
        #expect(warnings.contains { $0.hasPrefix("referrals: ") && $0.contains("only for a reason") })
    }

    @Test func `a file opens in a spreadsheet as numbers, and as no formula`() throws {
        let files = Dictionary(try Self.assessment().files.map { ($0.name, $0.text) }) { first, _ in first }
        let figures = try #require(files["figures.csv"])
        #expect(figures.contains(",2019/20,Rutland,-11.9,per cent more or fewer,466,victims|2019/20|All,529,"))
        #expect(files["table-victims.csv"]?.contains("2018/19,All,529,") == true)
        #expect(files["table-homeless.csv"]?.contains("2018/19,not available,") == true)
        #expect(files["printed.csv"]?.contains("WRONG_UNIT,x 0.01") == true)
    }
}
