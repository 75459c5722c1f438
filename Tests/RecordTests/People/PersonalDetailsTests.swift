import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("What people say of themselves", .needsClone)
struct PersonalDetailsTests {
    private let path = "/people/\(World.maya.column)/about"

    @Test func `not asked, declined and not known stay three answers to each question`() {
        for states in [Religion.options, Orientation.options, Disability.options, GenderIdentity.options,
                       Impairment.options, Ethnicity.options, Sex.options] {
            #expect(Set(["notAsked", "declined", "notKnown"]).isSubset(of: states.map(\.value)))
        }
        #expect(Ethnicity.allCases.count == 19 + 3)
    }

    @Test func `six questions are asked of adults, four of children, and an answer of any kind is an answer`() {
        var details = PersonalDetails()
        #expect(details.stillToAsk(age: 36) == 6 && details.stillToAsk(age: nil) == 6)
        #expect(details.stillToAsk(age: 15) == 4 && details.stillToAsk(age: 16) == 6)
        (details.religion, details.disability, details.sex) = (.declined, .notKnown, .female)
        #expect(details.stillToAsk(age: 36) == 3)
    }

    @Test(arguments: [(0, "Under 13"), (12, "Under 13"), (13, "13 to 15"), (15, "13 to 15"), (16, "16 and 17"),
                      (18, "18 to 24"), (24, "18 to 24"), (25, "25 to 34"), (64, "55 to 64"), (75, "75 and over"),
                      (101, "75 and over")])
    func `age bands are derived`(_ age: Int, _ label: String) {
        #expect(AgeBand(age: age).label == label)
    }

    @Test func `asked in her own time: the task is there until all is asked, and blocks nothing`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let (person, _) = try await FirstCall(hana).wholeCall()
            let own = "/people/\(person.column)"
            #expect(try await hana.get(own).text.contains("Ask by"))
            #expect(try await site.openAsks(person) == 1)
            let some = try await hana.submit(hana.get(own + "/about"), [
                "religion": "declined", "disability": "limitedALittle", "ethnicity": "roma",
            ])
            #expect(some.text.contains("White: Roma") && some.text.contains("limits day-to-day life a little"))
            #expect(try await site.openAsks(person) == 1)
            let all = try await hana.submit(hana.get(own + "/about"), [
                "sex": "female", "gender": "different", "gender-words": "non-binary", "orientation": "notKnown",
            ])
            #expect(all.text.contains("non-binary") && !all.text.contains("Not asked yet"))
            #expect(try await site.openAsks(person) == 0)
        }
    }

    @Test func `a child is not asked about gender identity and orientation`() async throws {
        try await TestSite.rolledBack { site in
            try await site.alter("UPDATE app.person SET date_of_birth = current_date - 3000 WHERE id = \(World.tomas)")
            let page = try await Browser(site, as: .hana).get("/people/\(World.tomas.column)/about")
            #expect(!page.text.contains("Sexual orientation") && page.text.contains("Religion"))
        }
    }

    @Test func `of two editors the second is told, and sees both texts`() async throws {
        try await TestSite.rolledBack { site in
            let (hana, imran) = (Browser(site, as: .hana), Browser(site, as: .imran))
            var late = try await imran.get(path).form(path)
            _ = try await hana.submit(hana.get(path), ["religion": "sikh"], to: path)
            _ = late.fill(["religion": "jewish"])
            let told = try await imran.submit(late)
            #expect(told.status == 409 && told.text.contains("Sikh") && told.text.contains("Jewish"))
            let saved = try await imran.submit(told, to: path)
            #expect(saved.text.contains("Jewish"))
        }
    }

    @Test func `words too long for the field are refused and kept`() async throws {
        try await TestSite.rolledBack { site in
            let long = String(repeating: "w", count: 101)
            let page = try await Browser(site, as: .hana).submit(Browser(site, as: .hana).get(path), [
                "gender-words": long,
            ], to: path)
            #expect(page.status == 422)
            #expect(try page.form(path)["gender-words"] == long)
        }
    }
}

extension TestSite {
    fileprivate func openAsks(_ person: UUID) async throws -> Int {
        try await truth.transaction { db in
            try db.first("""
                SELECT count(*)::int AS n FROM app.task
                WHERE person_id = \(person) AND kind = 'askDetails' AND done_at IS NULL
                """) { try $0["n"] } ?? 0
        }
    }
}
