import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Tomas is a child of Rina's whom Dean harms. In the World he has a worker (Imran), has said something, goes to a
/// school, wants a bicycle, and lives with Rina.
@Suite("A child's own record", .needsClone)
struct ChildRecordTests {
    private let tomas = "/people/\(World.tomas.column)/child"
    private func entry(_ kind: World.Kind) -> String { "\(tomas)/entries/\(World.id(kind, 110).column)" }

    private var day: (String, String, String) {
        let day = London.day(of: .now)
        return (String(day.day), String(day.month), String(day.year))
    }

    @Test func `what a child says, saw and wants stands there in their words, with who heard it, and sealed`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let start = try await imran.get(tomas)
            #expect(start.heading == "Tomas Mbeki-Shaw" && start.title == "Person - Drystone")
            for said in ["Imran Aldous", "The stairs of 110 creak", "A bicycle for 110", "Not begun", "Early help",
                         "With Rina Mbeki-Shaw", "They live together", "School"] {
                #expect(start.text.contains(said), "\(said)")
            }
            #expect(Int(start.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            let words = "When the gate clicks <b>my tummy</b> Quincunx"
            let page = try await imran.submit(imran.get("\(tomas)/voice"), [
                "words": words, "heard": "His teacher", "day-day": day.0, "day-month": day.1, "day-year": day.2,
            ])
            #expect(page.path == tomas && page.text.contains(words) && page.text.contains("His teacher"))
            let other = try await imran.submit(imran.get("\(tomas)/harm"), [
                "word": "heard", "words": "A door", "day-day": day.0, "day-month": day.1, "day-year": day.2,
            ])
            #expect(other.text.contains("They heard it"))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.child_entry WHERE position('Quincunx'::bytea IN body_sealed) > 0
                """) == 0)
            let log = try await site.auditLog()
            #expect(log.map(\.event) == [
                "child-viewed", "child-entry-recorded", "child-viewed", "child-entry-recorded", "child-viewed",
            ])
            #expect(log.allSatisfy { $0.subject == World.tomas })
            let seen = try await imran.get("/people/\(World.tomas.column)/seen")
            #expect(seen.text.contains("Read a child’s own record"))
        }
    }

    @Test func `the name of a school is shown only when somebody asks for it, which is recorded first`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let page = try await imran.get(tomas)
            #expect(!page.answer.body.contains("Curlew"))
            let form = try page.form("\(entry(.setting))/reveal")
            let shown = try await imran.submit(form)
            #expect(shown.text.contains("Curlew School 110") && shown.title == "Address - Drystone")
            #expect(try await site.auditLog().last?.event == "setting-revealed")
            // The form that changes it shows it too.
            let change = try await imran.get(entry(.setting))
            #expect(try change.form()["name"] == "Curlew School 110")
            #expect(try await site.auditLog().count { $0.event == "setting-revealed" } == 2)
            _ = try await imran.submit(change, ["name": "Sandpiper School", "protected": "yes"])
            let after = try await imran.get(tomas)
            #expect(!after.answer.body.contains("Sandpiper") && after.text.contains("Protected"))
            #expect(!after.answer.body.contains("Curlew"))
            // Of nothing else is a name revealed.
            let wrong = try await imran.post(try page.form("\(entry(.setting))/reveal").sent(to: "\(entry(.voice))/reveal"))
            #expect(wrong.status == 404)
        }
    }

    @Test func `an arrangement with a parent rests on an order that is on record, and there is one for each`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let form = try await imran.get("\(tomas)/contact")
            // Rina has one already; her case's order is offered.
            #expect(form.text.contains("Dean Kasprak") && !form.text.contains("Rina Mbeki-Shaw"))
            let order = World.id(.order, 109).column
            let answers: KeyValuePairs = [
                "adult": World.dean.column, "word": "supervised", "basis": "order", "order": order,
                "note": "Two hours, at a centre", "day-day": day.0, "day-month": day.1, "day-year": day.2,
            ]
            let page = try await imran.submit(form, answers)
            #expect(page.text.contains("With Dean Kasprak") && page.text.contains("Supervised, since"))
            #expect(page.text.contains("Non-molestation order, made") && page.text.contains("until further order"))
            // Two who put one down at once: the second is told, and loses nothing.
            let told = try await Browser(site, as: .ivy).submit(form.form("\(tomas)/contact").refilled(answers, "Mine"))
            #expect(told.status == 409 && told.text.contains("Two hours, at a centre"))
            #expect(try told.form()["note"] == "Mine")
            let wrong = try await imran.submit(imran.get(entry(.contactWith)), ["basis": "agreement", "order": order])
            #expect(wrong.errors == ["Select no order, or that it rests on a court’s order"])
        }
    }

    @Test func `a change keeps what was said before, and of two who change it the second sees both`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            let (first, second) = (try await imran.get(entry(.goal)), try await ivy.get(entry(.goal)))
            let page = try await imran.submit(first, ["word": "started", "steps": "We ask the shop"])
            #expect(page.text.contains("Begun") && page.text.contains("Changed or taken back (2)"))
            let told = try await ivy.submit(second, ["words": "A red bicycle"])
            #expect(told.status == 409 && told.text.contains("We ask the shop"))
            #expect(try told.form()["words"] == "A red bicycle")
            let saved = try await ivy.submit(told.form())
            #expect(saved.path == tomas && saved.text.contains("A red bicycle"))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.child_entry
                WHERE person_id = \(World.tomas) AND kind = 'goal' AND settled IS NULL
                """) == 1)
        }
    }

    @Test func `what was a mistake is taken back with a reason, once, and stays to be read`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let path = entry(.voice) + "/withdraw"
            let form = try await imran.get(path)
            #expect(try await imran.submit(form).errors == ["Enter why it is taken back"])
            let page = try await imran.submit(form, ["reason": "His brother <b>said</b> it"])
            #expect(page.text.contains("Nothing yet of what they say themselves."))
            #expect(page.text.contains("Taken back") && page.text.contains("His brother <b>said</b> it"))
            #expect(page.text.contains("The stairs of 110 creak"))
            #expect(try await site.auditLog().contains { $0.event == "child-entry-withdrawn" })
            let again = try await imran.get(path)
            #expect(again.text.contains("A colleague has changed this, or taken it back."))
            // It can be changed no more, nor by whoever had its form open.
            #expect(try await imran.get(entry(.voice)).text.contains("A colleague has taken this back."))
        }
    }

    @Test func `a child has one standing with social care and one worker: the second to say so is told`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            let olive = "/people/\(World.olive.column)/child"
            let (first, second) = (try await imran.get("\(olive)/care"), try await ivy.get("\(olive)/care"))
            let answers: KeyValuePairs = [
                "word": "childProtection", "name": "Duty team", "day-day": day.0, "day-month": day.1, "day-year": day.2,
            ]
            #expect(try await imran.submit(first, answers).text.contains("Child protection (section 47)"))
            let told = try await ivy.submit(second, [
                "word": "childInNeed", "note": "Mine", "day-day": day.0, "day-month": day.1, "day-year": day.2,
            ])
            #expect(told.status == 409 && told.text.contains("Duty team"))
            let saved = try await ivy.submit(told.form())
            #expect(saved.path == olive && saved.text.contains("Child in need (section 17)") && saved.text.contains("Mine"))
        }
    }

    @Test func `a children's worker has her list, and does casework at her agency only`() async throws {
        try await TestSite.rolledBack { site in
            try await site.alter(
                "UPDATE app.role_assignment SET role = 'childrensWorker' WHERE account_id = \(World.Staff.ivy.account)")
            let (ivy, sunita) = (Browser(site, as: .ivy), Browser(site, as: .sunita))
            #expect(try await ivy.get("/children").text.contains("You are no child’s worker."))
            let worker = try await sunita.get(entry(.childsWorker))
            #expect(worker.text.contains("Ivy Marchetti, children’s worker"))
            let change = try await sunita.submit(worker, ["worker": World.Staff.ivy.account.column])
            #expect(change.text.contains("Ivy Marchetti") && change.text.contains("Their worker"))
            let list = try await ivy.get("/children")
            #expect(list.text.contains("Tomas Mbeki-Shaw") && list.text.contains("I am their worker"))
            #expect(try await ivy.get(tomas).status == 200)
            #expect(try await ivy.get("/cases/\(World.rinasCase.column)").status == 200)
            #expect(try await ivy.get("/people/\(World.farida.column)/child").status == 404)
            #expect(try await ivy.get("/child-requests").status == 403)
        }
    }

    @Test func `who is barred from the child, or works on the other side, sees nothing of it`() async throws {
        try await TestSite.rolledBack { site in
            for who in [World.Staff.bilal, .piers, .lucia, .harriet] {
                #expect(try await Browser(site, as: who).get(tomas).status == 404, "\(who)")
            }
            let list = try await Browser(site, as: .bilal).get("/children")
            #expect(!list.answer.body.contains("Tomas"))
        }
    }

    @Test func `a form says what is missing, beside its field`() {
        let today = London.day(of: .now)
        func errors(_ kind: ChildEntryKind, _ typed: [String: String]) -> [String] {
            var answers = Answers(typed.mapValues { [$0] })
            answers.setDay("day", today)
            _ = ChildEntryForm(&answers, kind, ChildChoices(), today: today)
            return answers.errors.map(\.message)
        }
        #expect(errors(.voice, [:]) == ["Enter what they said"])
        #expect(errors(.worker, [:]) == ["Select who their worker is"])
        #expect(errors(.setting, ["word": "school"]) == ["Select whether it must stay hidden", "Enter its name"])
        #expect(errors(.setting, ["word": "home", "protected": "no"]) == [])
        #expect(errors(.care, ["word": "wanted"]) == ["Select an answer: how does social care work with them?"])
        #expect(errors(.contact, ["word": "none"]) == ["Nobody is left to choose", "Select on what it rests"])
        #expect(errors(.goal, ["word": "wanted", "words": String(repeating: "x", count: 501)])
            == ["What do they want must be 500 characters or fewer"])
        var ahead = Answers(["words": ["x"]])
        ahead.setDay("day", today.adding(1))
        #expect(ChildEntryForm(&ahead, .voice, ChildChoices(), today: today) == nil)
        #expect(ahead.errors.map(\.message) == ["The day must be today or in the past"])
    }
}

extension PageForm {
    fileprivate func refilled(_ answers: KeyValuePairs<String, String>, _ note: String) -> PageForm {
        var form = self
        _ = form.fill(answers)
        form.forge("csrf", "csrf-ivy")
        form.forge("note", note)
        form.forge("submission", UUID().column)
        return form
    }
}
