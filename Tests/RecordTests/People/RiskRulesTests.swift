import Foundation
import Pages
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The rules of risk")
struct RiskRulesTests {
    private let today = Day(year: 2026, month: 11, day: 21)!
    private let area = UUID()

    private func known(_ code: InstrumentCode, threshold: Int? = 12, incidents: Int = 0, inForce: RiskLevel = .notAssessed)
        throws -> RiskCircumstances {
        let tool = try #require(Instrument.inForce(code, on: today))
        return RiskCircumstances(
            instrument: tool,
            thresholds: tool.grading.counts ? [RiskThreshold(area: area, areaName: "Vale", local: threshold)] : [],
            incidents: incidents, inForce: inForce)
    }

    private func typed(_ yes: Int, _ judgement: String, because: String = "", rest: String = "no") -> Answers {
        var answers = Answers(["judgement": [judgement], "rationale": [because], "area": [area.uuidString]])
        for item in 1...27 { answers.set("q\(item)", item <= yes ? "yes" : rest) }
        return answers
    }

    private func form(_ answers: Answers, _ known: RiskCircumstances) -> (RiskForm?, [String]) {
        var answers = answers
        let form = RiskForm(&answers, known)
        return (form, answers.errors.map(\.field))
    }

    @Test func `tools have their own items, scales, gradings and days of use`() throws {
        #expect(InstrumentCode.allCases.map { Instrument.inForce($0, on: today)?.items.count } == [24, 27, 18, 24])
        for tool in Instrument.all {
            #expect(tool.items.map(\.number) == Array(1...tool.items.count))
            #expect(Set(tool.items.map(\.prompt)).count == tool.items.count)
        }
        let flagged = [9, 6, 8, 14, 15, 16].sorted()
        #expect(Instrument.dash.filter { $0.topic.isCritical }.map(\.number) == flagged)
        let before = try #require(Day(year: 2022, month: 10, day: 31))
        #expect(Instrument.inForce(.dara, on: before) == nil)
        #expect(Instrument.inForce(.dara, on: before.adding(1)) != nil)
    }

    @Test func `a missing answer is never a no: the score is a range`() throws {
        let tool = try known(.safeLivesDash).instrument
        let score = RiskScore([1: .yes, 2: .no, 3: .dontKnow], of: tool)
        #expect(score == RiskScore(yes: 1, open: 22))
        #expect(score.words == "1 to 23" && score.mightReach(12) && !score.reaches(12))
        let dara = try known(.dara).instrument
        #expect(RiskScore([1: .never, 2: .occasionally, 3: .often, 4: .allTheTime], of: dara) == RiskScore(yes: 2, open: 14))
        // An answer of another scale is none.
        #expect(form(typed(5, "high", because: "Afraid"), try known(.dara)).0?.score == RiskScore(yes: 0, open: 18))
    }

    @Test func `the grounds of a high grade are recorded separately`() throws {
        func bases(_ yes: Int, _ judgement: String, _ why: String, incidents: Int = 0) throws -> Set<RiskBasis>? {
            form(typed(yes, judgement, because: why), try known(.safeLivesDash, incidents: incidents)).0?.bases
        }
        #expect(try bases(12, "follows", "") == [.score])
        #expect(try bases(12, "high", "Strangled") == [.score, .judgement])
        #expect(try bases(12, "high", "") == [.score])
        #expect(try bases(11, "high", "Strangled") == [.judgement])
        #expect(try bases(11, "escalating", "Three logs") == [.escalation])
        #expect(try bases(12, "follows", "", incidents: 3) == [.score, .escalation])
        #expect(try bases(2, "follows", "", incidents: 3) == [.escalation])
        #expect(try bases(2, "follows", "", incidents: 2) == [.score])
        #expect(form(typed(2, "follows"), try known(.safeLivesDash, incidents: 3)).0?.level == .high)
    }

    @Test func `judgement needs a reason, and can't go below the score unless there is a grade to lower`() throws {
        #expect(form(typed(11, "high"), try known(.safeLivesDash)).1 == ["rationale"])
        #expect(form(typed(11, "escalating"), try known(.safeLivesDash)).1 == ["rationale"])
        #expect(form(typed(12, "medium", because: "He left"), try known(.safeLivesDash)).1 == ["judgement"])
        #expect(form(typed(2, "medium", because: "He left"), try known(.safeLivesDash, incidents: 3)).1 == ["judgement"])
        let lower = form(typed(12, "medium", because: "He left"), try known(.safeLivesDash, inForce: .high)).0
        #expect(lower?.level == .medium && lower?.bases == [.judgement])
        #expect(form(typed(2, "nonsense"), try known(.safeLivesDash)).1 == ["judgement"])
    }

    @Test func `the police tool has no cut-off, the young people's only where an area sets one`() throws {
        let police = form(typed(27, "medium", because: "As the officer saw it"), try known(.policeDash)).0
        #expect(police?.level == .medium && police?.threshold == nil && police?.score == RiskScore(yes: 27, open: 0))
        #expect(form(typed(5, "follows"), try known(.policeDash)).1 == ["judgement"])
        let young = form(typed(20, "medium", because: "x"), try known(.youngPeoples, threshold: nil)).0
        #expect(young?.level == .medium)
        #expect(form(typed(20, "medium", because: "x"), try known(.youngPeoples, threshold: 10)).1 == ["judgement"])
    }

    private func assessment(
        _ code: InstrumentCode, _ answers: [Int: RiskAnswer], _ level: RiskLevel = .medium, at: Double = 0,
        _ lowering: RiskAssessment.Lowering = .none
    ) throws -> RiskAssessment {
        let tool = try #require(Instrument.inForce(code, on: today))
        return RiskAssessment(
            id: UUID(), instrument: tool, wording: nil, score: RiskScore(answers, of: tool), threshold: nil,
            nationalThreshold: nil, level: level, bases: [.judgement], rationale: "x", answers: answers,
            assessedAt: Date(timeIntervalSince1970: 1_700_000_000 + at * 86_400), assessedBy: "Ivy",
            assessedByAccount: UUID(), received: nil, lowering: lowering)
    }

    @Test func `two of one tool are compared by item, two of different tools by topic`() throws {
        let first = try assessment(.safeLivesDash, [1: .yes, 2: .no, 15: .no])
        let second = try assessment(.safeLivesDash, [1: .yes, 2: .yes, 15: .yes])
        let changed = RiskComparison(first, second).changed
        #expect(changed.map(\.now) == [.yes, .yes])
        #expect(changed.first?.isCritical == true, "critical ones first")
        #expect(changed.first?.before == .no)
        let dara = try assessment(.dara, [11: .often])
        let across = RiskComparison(first, dara)
        let neck = across.lines.first { $0.now == .often }
        #expect(neck?.before == .no)
        #expect(across.lines.contains { $0.now == nil }, "what only the first asks stands alone")
        #expect(RiskComparison(try assessment(.policeDash, [:]), try assessment(.policeDash, [:])).lines.isEmpty)
    }

    @Test func `answers are read back as they were kept`() {
        let answers = Dictionary(uniqueKeysWithValues: zip([1, 9, 10, 24, 30, 7, 2, 3], RiskAnswer.allCases))
        #expect(RiskAnswer.read(RiskAnswer.text(answers)) == answers && RiskAnswer.allCases.count == 8)
        #expect(RiskAnswer.text([10: .no, 9: .dontKnow]) == "9=dontKnow 10=no")
        #expect(RiskAnswer.read("") == [:] && RiskAnswer.read("1=perhaps x=yes =no 3 2=no") == [2: .no])
    }

    @Test func `critical factors show whatever the score, once each`() throws {
        #expect(try assessment(.safeLivesDash, [15: .yes, 6: .yes, 14: .dontKnow]).flags == [.separation, .choking])
        #expect(try assessment(.dara, [11: .occasionally, 12: .never]).flags == [.choking])
    }

    @Test func `the picture shows grades that had effect, and says what it finds`() throws {
        let risks = [
            try assessment(.safeLivesDash, [:], .standard, at: 3, .waiting), try assessment(.dara, [:], .high, at: 2),
            try assessment(.safeLivesDash, [:], .high, at: 1), try assessment(.safeLivesDash, [:], .medium, at: 0),
        ]
        let trend = RiskTrend(risks)
        #expect(trend.points.map(\.level) == [.medium, .high, .high])
        #expect(trend.finding == "High since 15 November 2023, medium before.")
        #expect(trend.picture.description.contains("role=\"img\""))
        #expect(RiskTrend([risks[3]]).picture.isEmpty)
        #expect(!trend.picture.description.contains("style="))
    }

    @Test func `twelve months go back to the same date, or to 28 February`() throws {
        #expect(Escalation.since(today).column == "2025-11-21")
        #expect(Escalation.since(try #require(Day(year: 2028, month: 2, day: 29))).column == "2027-02-28")
    }
}
