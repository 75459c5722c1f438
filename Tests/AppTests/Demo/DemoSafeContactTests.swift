import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Safe contact in the demonstration")
struct DemoSafeContactTests {
    private let generator = DemoSample.rutland.generator

    @Test func `what the attempts say of the rule is what the rule says of the attempts`() throws {
        let plan = DemoPlan(400, clock: generator.clock)
        var tried = 0
        for made in plan.cases.map(generator.makeCase) + generator.makeCast() {
            for attempt in made.attempts {
                tried += 1
                let verdict = verdict(attempt, made)
                switch attempt.rule {
                case "allowed": #expect(verdict == .allowed, "\(made.key) \(attempt)")
                case "firstSafeCall": #expect(verdict == .firstSafeCall, "\(made.key) \(attempt)")
                default: #expect(!attempt.reason.isEmpty)
                }
            }
        }
        #expect(tried > 1_000)
    }

    private func verdict(_ attempt: DemoAttempt, _ made: DemoCase) -> SafeContactVerdict {
        let answer = made.harmed.safeContacts.last { $0.askedAt <= attempt.at }
        let until = answer?.holdsUntil.map { $0.civil }.flatMap { Day(year: $0.year, month: $0.month, day: $0.day) }
        let contact = SafeContact(
            id: made.id, person: made.harmed.id, rule: answer?.rule, holdsUntil: until,
            askedAt: Date(timeIntervalSince1970: Double(answer?.askedAt.seconds ?? 0)))
        return contact.verdict(
            AttemptChannel(rawValue: attempt.channel)!, at: Date(timeIntervalSince1970: Double(attempt.at.seconds)))
    }

    @Test func `answers of every shape are there, and questions not yet asked`() throws {
        let sample = DemoSample.rutland
        let rules = try sample.sealing["safe_contact.rule_sealed"].map {
            try JSONDecoder().decode(SafeContactRule.self, from: Data($0.utf8))
        }
        #expect(rules.contains { $0.channels.isEmpty })
        #expect(rules.contains { $0.channels == [.email] })
        #expect(rules.contains { $0.days.count == 1 && $0.until == "12:00" })
        #expect(rules.contains { $0.days.count == 7 && $0.until == "24:00" })
        #expect(rules.allSatisfy { DemoSafeContact.minute($0.from) < DemoSafeContact.minute($0.until) })
        let rows = sample[.safeContact]
        #expect(
            rows.contains { $0["status"] == "notYetAsked" && $0["rule_sealed"] == nil && $0["detail_sealed"] == nil })
        #expect(rows.contains { $0["superseded_by"] != nil })
        #expect(rows.contains { ($0["holds_until"] ?? "9") < "2026-11-18" })
        #expect(rows.contains { ($0["holds_until"] ?? "0") > "2026-11-18" })
        #expect(rows.allSatisfy { ($0["status"] == "asked") == ($0["rule_sealed"] != nil) })
        let current = rows.filter { $0["superseded_by"] == nil }.compactMap { $0["person_id"] }
        #expect(Set(current).count == current.count)
    }
}
