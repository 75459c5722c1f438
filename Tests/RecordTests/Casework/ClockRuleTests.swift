import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The clock of a first contact")
struct ClockRuleTests {
    private func moment(_ weekday: Int, _ minute: Int) throws -> Date {
        // The week of Monday 1 June 2026.
        let day = try #require(Day(year: 2026, month: 6, day: weekday))
        return try #require(London.moment(day, minute: minute))
    }

    private func clock(started: Date?, done: Date? = nil, noSafeTime: Bool = false, isGraded: Bool = true) throws -> ContactClock {
        ContactClock(
            opened: try moment(1, 600), isGraded: isGraded, started: started, due: started.map(ContactClock.due(from:)),
            done: done, noSafeTime: noSafeTime)
    }

    private func contact(days: [Int], from: String = "09:00", until: String = "12:00", channels: [Channel] = [.telephone],
                         holdsUntil: Day? = nil) -> SafeContact {
        let rule = SafeContactRule(channels: channels, days: days, from: from, until: until, silentNumber: true)
        return SafeContact(id: .zero, person: .zero, rule: rule, holdsUntil: holdsUntil, askedAt: .distantPast)
    }

    @Test(arguments: [
        (RiskLevel.high, RiskBasis.score, true), (.high, .judgement, true), (.high, .escalation, true),
        (.medium, .judgement, true), (.medium, .score, false), (.standard, .score, false), (.standard, .judgement, false),
    ])
    func `high starts it, and medium with judgement`(_ level: RiskLevel, _ basis: RiskBasis, _ starts: Bool) {
        #expect(level.startsClock(by: [basis]) == starts)
    }

    @Test func `it runs from the grade, from receipt of what came graded, and never from an earlier case's grade`() throws {
        let (call, grade, opening) = (try moment(1, 600), try moment(1, 620), try moment(1, 640))
        var origin = ClockOrigin(opened: opening, contactAt: call)
        #expect(origin.start == nil)
        origin.grade = (.standard, [.score], grade)
        #expect(origin.start == nil)
        origin.grade = (.medium, [.judgement], grade)
        #expect(origin.start == grade)
        origin.grade = (.high, [.score], call.addingTimeInterval(-90 * 86_400))
        #expect(origin.start == call)
        origin.contactAt = nil
        #expect(origin.start == opening)
        origin.gradedReferralAt = call.addingTimeInterval(-7_200)
        #expect(origin.start == call.addingTimeInterval(-7_200))
        origin.grade = nil
        #expect(origin.start == call.addingTimeInterval(-7_200), "graded by whoever sent it")
    }

    @Test func `late and no safe time are two things, and neither is a contact within 48 hours`() throws {
        let start = try moment(1, 600)
        let due = start.addingTimeInterval(48 * 3_600)
        #expect(try clock(started: start).breach(at: due) == nil)
        #expect(try clock(started: start).breach(at: due.addingTimeInterval(1)) == .late)
        #expect(try clock(started: start, noSafeTime: true).breach(at: due.addingTimeInterval(1)) == .noSafeTime)
        #expect(try clock(started: start, done: due).breach(at: due.addingTimeInterval(9_999)) == nil)
        #expect(try clock(started: start, done: due.addingTimeInterval(60)).breach(at: due) == .late)
        #expect(try clock(started: nil).breach(at: .distantFuture) == nil)
        #expect(try clock(started: start).norm == start.addingTimeInterval(24 * 3_600))
        #expect(try clock(started: nil, isGraded: false).words(at: start) == "Not graded yet")
        #expect(try clock(started: nil).words(at: start) == "No 48-hour clock")
    }

    @Test func `a safe time falls inside, or none does`() throws {
        let start = try moment(3, 900)   // Wednesday, 15:00
        let due = ContactClock.due(from: start)
        #expect(!contact(days: [2]).hasSafeTime(from: start, until: due), "Tuesdays only")
        #expect(contact(days: [4]).hasSafeTime(from: start, until: due))
        #expect(contact(days: [3], until: "16:00").hasSafeTime(from: start, until: due), "it is safe now")
        #expect(!contact(days: [3], until: "15:00").hasSafeTime(from: start, until: due), "the end is not included")
        #expect(!contact(days: [5], from: "15:00", until: "18:00").hasSafeTime(from: start, until: due), "from the due time on")
        #expect(!contact(days: [1, 2, 3, 4, 5, 6, 7], channels: [.email]).hasSafeTime(from: start, until: due))
        let wednesday = try #require(Day(year: 2026, month: 6, day: 3))
        #expect(contact(days: [2], holdsUntil: wednesday).hasSafeTime(from: start, until: due), "then a first safe call")
        let notAsked = SafeContact(id: .zero, person: .zero, rule: nil, holdsUntil: nil, askedAt: start)
        #expect(notAsked.hasSafeTime(from: start, until: due))
    }

    @Test func `what is overdue goes to whoever is on call when the team is at work`() throws {
        let hours = TeamHours(days: [1, 2, 3, 4, 5, 6], opens: 480, closes: 1_200)
        #expect(hours.atWork(try moment(1, 480)) == (try moment(1, 480)))
        #expect(hours.atWork(try moment(1, 1_200)) == (try moment(2, 480)))
        #expect(hours.atWork(try moment(6, 1_230)) == (try moment(8, 480)), "Saturday night: on Monday")
        #expect(hours.atWork(try moment(7, 720)) == (try moment(8, 480)), "Sunday: on Monday")
        #expect(TeamHours(days: [], opens: 0, closes: 0).atWork(try moment(1, 480)) == nil)
        let ann = OnCallTurn(account: .zero, name: "Ann", from: try moment(6, 480), until: try moment(6, 1_200))
        let bo = OnCallTurn(account: .zero, name: "Bo", from: try moment(8, 480), until: try moment(8, 1_200))
        let onCall = OnCall(hours: hours, turns: [ann, bo])
        #expect(onCall.answering(at: try moment(6, 700))?.turn.name == "Ann")
        #expect(onCall.words(at: try moment(7, 700)).hasPrefix("Goes to Bo on Monday 8 June 2026 at 08:00"))
        #expect(onCall.words(at: try moment(9, 700)).hasPrefix("Nobody is on the rota"))
    }

    @Test func `a financial year is April to March, its third quarter October to December`() throws {
        let year = FinancialYear(of: try #require(Day(year: 2027, month: 3, day: 31)))
        #expect(year.start == 2026)
        #expect(FinancialYear(of: try #require(Day(year: 2027, month: 4, day: 1))).start == 2027)
        #expect(year.quarters.map(\.words) == [
            "1 April 2026 to 30 June 2026", "1 July 2026 to 30 September 2026", "1 October 2026 to 31 December 2026",
            "1 January 2027 to 31 March 2027",
        ])
        // British Summer Time: the quarter begins at 23:00 UTC of the day before, and no moment is in two.
        #expect(year.quarters[0].moments.from.column.hasPrefix("2026-03-31 23:00"))
        #expect(zip(year.quarters, year.quarters.dropFirst()).allSatisfy { $0.moments.until == $1.moments.from })
    }

    @Test func `load counts high three, medium and not graded two, standard one`() {
        let colleague = Colleague(
            id: .zero, name: "Ann", open: [.high: 3, .medium: 2, .standard: 1, .notAssessed: 1], late: 0, noSafeTime: 0,
            nextDue: nil, awayUntil: Date(timeIntervalSince1970: 0), coveredBy: "Bea")
        let away = "Away until \(London.dateAndTime(Date(timeIntervalSince1970: 0))), covered by Bea"
        #expect(colleague.words == "7 open cases: 3 high, 2 medium, 1 standard, 1 not graded (load 16). \(away)")
    }
}
