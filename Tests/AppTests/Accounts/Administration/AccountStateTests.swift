import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Whether an account can be used")
struct AccountStateTests {
    private let today = Day(year: 2026, month: 3, day: 24)!
    private let now = London.moment(Day(year: 2026, month: 3, day: 24)!, minute: 600)!

    private func day(_ number: Int) -> Day { Day(year: 2026, month: 3, day: number)! }

    private func account(
        setUp: Bool = true, ended: Date? = nil, link: Date? = nil, roles: [(Day, Day?)]
    ) -> AccountState {
        let id = UUID()
        let held = roles.map { role in
            HeldRole(id: UUID(), account: id, role: .idva, agency: UUID(), agencyName: "Harbour",
                     startsOn: role.0, endsOn: role.1)
        }
        let account = ManagedAccount(
            id: id, name: "", email: "", version: 1, createdAt: now, endedAt: ended, isSetUp: setUp, linkUntil: link,
            roles: held)
        return AccountState(account, today: today, now: now)
    }

    @Test("An end comes before everything, from its very moment")
    func ended() {
        #expect(account(ended: now, roles: [(day(1), nil)]) == .ended)
        #expect(account(setUp: false, ended: now, link: now.addingTimeInterval(60), roles: []) == .ended)
        #expect(account(ended: now.addingTimeInterval(1), roles: [(day(1), nil)]) == .endsOn(day(24)))
        #expect(account(ended: now.addingTimeInterval(5 * 86_400), roles: [(day(1), day(26))]) == .endsOn(day(26)))
    }

    @Test("Before it is set up it is invited while the link works")
    func invited() {
        #expect(account(setUp: false, link: now.addingTimeInterval(1), roles: [(day(1), nil)]) == .invited)
        #expect(account(setUp: false, link: now, roles: [(day(1), nil)]) == .linkExpired)
        #expect(account(setUp: false, roles: [(day(1), nil)]) == .linkExpired)
        #expect(account(setUp: true, link: now.addingTimeInterval(1), roles: [(day(1), nil)]) == .active)
    }

    @Test("A role counts on its first and its last day, and one without an end outlasts the others")
    func roles() {
        #expect(account(roles: [(day(24), nil)]) == .active)
        #expect(account(roles: [(day(1), day(24))]) == .endsOn(day(24)))
        #expect(account(roles: [(day(1), day(23))]) == .noRole)
        #expect(account(roles: []) == .noRole)
        #expect(account(roles: [(day(25), nil)]) == .startsOn(day(25)))
        #expect(account(roles: [(day(1), day(26)), (day(1), day(28))]) == .endsOn(day(28)))
        #expect(account(roles: [(day(1), day(26)), (day(2), nil)]) == .active)
    }

    @Test("A role withdrawn before it began, or at once on its first day, gives nothing")
    func withdrawn() {
        #expect(account(roles: [(day(24), day(23))]) == .noRole)
        #expect(account(roles: [(day(30), day(29))]) == .noRole)
    }
}
