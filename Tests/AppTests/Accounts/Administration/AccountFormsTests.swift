import Foundation
import Pages
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Forms of account administration")
struct AccountFormsTests {
    private let today = Day(year: 2026, month: 3, day: 24)!
    private let agencies = [AgencyChoice(id: UUID(), name: "Harbour"), AgencyChoice(id: UUID(), name: "Lighthouse")]

    private func answers(_ changes: [String: String] = [:]) -> Answers {
        var typed = [
            "name": "Ines Okafor", "email": "ines@example.org", "role": "idva",
            "agency": agencies[1].id.uuidString.lowercased(), "starts-day": "", "starts-month": "", "starts-year": "",
        ]
        typed.merge(changes) { $1 }
        return Answers(typed.mapValues { [$0] })
    }

    private func date(_ name: String, _ day: String, _ month: String, _ year: String) -> [String: String] {
        ["\(name)-day": day, "\(name)-month": month, "\(name)-year": year]
    }

    private func invited(_ changes: [String: String]) -> (form: InviteForm?, Answers) {
        var answers = answers(changes)
        return (InviteForm(&answers, agencies: agencies, today: today), answers)
    }

    @Test("A name, an address, an agency and a role are enough; the role starts today and has no end")
    func plain() throws {
        let (form, answers) = invited([:])
        #expect(answers.errors.isEmpty)
        let made = try #require(form)
        #expect(made.name == "Ines Okafor")
        #expect(made.role.startsOn == today)
        #expect(made.role.endsOn == nil)
        #expect(made.role.agency == agencies[1].id)
    }

    @Test("Nothing typed: each field says what to do, in the order of the page")
    func empty() {
        let (form, answers) = invited(["name": "", "email": "", "agency": "", "role": ""])
        #expect(form == nil)
        #expect(answers.errors.map(\.field) == ["name", "email", "agency", "role"])
    }

    @Test("Names of people are names", arguments: [
        "Siân O’Neill-Begum", "李 小龍", "محمد العلي", "नेहा पटेल", "J. R. Smith (Jo)", "می‌ترا",
    ])
    func names(name: String) { #expect(invited(["name": name]).form?.name == name) }

    @Test("What no name holds is refused beside the field and kept", arguments: [
        "😀", "Ines 😀", "<script>alert(1)</script>", "'; DROP TABLE app.account --;", "12345", "-", "Ines\u{202E}rofakO",
        "Ines\u{0}", String(repeating: "a", count: 201), "a" + String(repeating: "\u{0301}", count: 500),
    ])
    func notNames(name: String) {
        let (form, answers) = invited(["name": name])
        #expect(form == nil)
        #expect(answers.errors.map(\.field) == ["name"])
        #expect(answers["name"] == name)
    }

    @Test("Space around and between is put right")
    func spaces() { #expect(invited(["name": "  Ines \t  Okafor "]).form?.name == "Ines Okafor") }

    @Test("Addresses are kept in small letters", arguments: [
        ("Ines.Okafor@Example.ORG", "ines.okafor@example.org"), (" i+da@sub.example.org ", "i+da@sub.example.org"),
        ("o'neil@example.org", "o'neil@example.org"),
    ])
    func emails(typed: String, kept: String) { #expect(invited(["email": typed]).form?.email == kept) }

    @Test("What is no address is refused and kept", arguments: [
        "ines", "ines@", "@example.org", "ines@example", "ines@@example.org", "in es@example.org", "ines@example..org",
        "ines.@example.org", "ines@-example.org", "ines@example.org\nbcc: x@example.org", "ïnes@example.org",
        "ines@exämple.org", "😀@example.org", "<script>@example.org", "ines@exa\u{202E}mple.org",
        String(repeating: "a", count: 190) + "@example.org",
    ])
    func notEmails(email: String) {
        let (form, answers) = invited(["email": email])
        #expect(form == nil)
        #expect(answers.errors.map(\.field) == ["email"])
        #expect(answers["email"] == email)
    }

    @Test("An agency of another partnership and a role that doesn't exist are no answers")
    func unknown() {
        #expect(invited(["agency": UUID().uuidString]).1.errors.map(\.field) == ["agency"])
        #expect(invited(["role": "superuser"]).1.errors.map(\.field) == ["role"])
    }

    @Test("A role may start later and end; both days count")
    func dates() {
        let (form, _) = invited(date("starts", "1", "April", "2026").merging(date("ends", "1", "4", "2026")) { $1 })
        #expect(form?.role.startsOn == Day(year: 2026, month: 4, day: 1))
        #expect(form?.role.endsOn == Day(year: 2026, month: 4, day: 1))
    }

    @Test("Days that don't exist, have gone or come in the wrong order", arguments: [
        (["starts-day": "31", "starts-month": "4", "starts-year": "2026"], "starts"),
        (["starts-day": "23", "starts-month": "3", "starts-year": "2026"], "starts"),
        (["starts-day": "٣", "starts-month": "4", "starts-year": "2026"], "starts"),
        (["ends-day": "23", "ends-month": "3", "ends-year": "2026"], "ends"),
        (["ends-day": "", "ends-month": "3", "ends-year": "2026"], "ends"),
        (["starts-day": "2", "starts-month": "4", "starts-year": "2026",
          "ends-day": "1", "ends-month": "4", "ends-year": "2026"], "ends"),
    ])
    func wrongDates(typed: [String: String], field: String) {
        let (form, answers) = invited(typed)
        #expect(form == nil)
        #expect(answers.errors.map(\.field) == [field])
    }

    @Test("A role ends at once when no day is given, otherwise with a day that it has")
    func ends() {
        let held = HeldRole(
            id: UUID(), account: UUID(), role: .idva, agency: UUID(), agencyName: "Harbour",
            startsOn: Day(year: 2026, month: 3, day: 26)!, endsOn: Day(year: 2026, month: 6, day: 30))
        func end(_ typed: [String: String]) -> (RoleEndForm?, [String]) {
            var answers = Answers(typed.mapValues { [$0] })
            let form = RoleEndForm(&answers, of: held, today: today)
            return (form, answers.errors.map(\.field))
        }
        let atOnce = end([:])
        #expect(atOnce.0 != nil && atOnce.0?.lastDay == nil && atOnce.1.isEmpty)
        #expect(end(date("last", "26", "3", "2026")).0?.lastDay == held.startsOn)
        #expect(end(date("last", "30", "6", "2026")).0?.lastDay == held.endsOn)
        for wrong in [date("last", "23", "3", "2026"), date("last", "25", "3", "2026"), date("last", "1", "7", "2026"),
                      date("last", "30", "2", "2026")] {
            let (form, errors) = end(wrong)
            #expect(form == nil)
            #expect(errors == ["last"])
        }
    }
}
