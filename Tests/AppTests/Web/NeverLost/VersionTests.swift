import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Two people change the same thing", .needsClone)
struct VersionTests {
    @Test func `the second of two who change a person sees both texts and chooses`() async throws {
        try await TestSite.rolledBack { site in
            let (hana, imran) = (Browser(site, as: .hana), Browser(site, as: .imran))
            let path = "/people/\(World.maya.column)/edit"
            let (first, second) = (try await hana.get(path), try await imran.get(path))
            try await hana.submit(first, ["given-name": "Mayah", "language": "Punjabi"])
            let conflict = try await imran.submit(second, ["given-name": "Maia"])
            #expect(conflict.status == 409)
            for words in ["Mayah", "Maia", "Punjabi"] { #expect(conflict.text.contains(words)) }
            #expect(try await imran.get("/people/\(World.maya.column)").heading == "Mayah Castell")
            #expect(try await imran.get(path).form()["given-name"] == "Maia", "his words are kept until he has chosen")
            try await imran.submit(conflict)
            let saved = try await imran.get("/people/\(World.maya.column)")
            #expect(saved.heading == "Maia Castell")
            #expect(saved.text.contains("Mayah Castell"), "a former name is kept")
        }
    }

    @Test func `the second of two windows with one note sees both texts and chooses`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let path = "/notes/\(World.id(.note, 101).column)/edit"
            let (first, second) = (try await hana.get(path), try await hana.get(path))
            try await hana.submit(first, ["body": "Written in the first window"])
            let conflict = try await hana.submit(second, ["body": "Written in the second window"])
            #expect(conflict.status == 409)
            #expect(conflict.text.contains("Written in the first window"))
            #expect(try conflict.form()["body"] == "Written in the second window")
            try await hana.submit(conflict)
            let page = try await hana.get("/cases/\(World.mayasCase.column)")
            #expect(page.text.contains("Written in the second window"))
        }
    }

    @Test func `the second of two who allocate a case is told with whom it is`() async throws {
        try await TestSite.rolledBack { site in
            let (hana, sunita) = (Browser(site, as: .hana), Browser(site, as: .sunita))
            let path = "/cases/\(World.inessCase.column)/allocate"
            let (first, second) = (try await hana.get(path), try await sunita.get(path))
            try await hana.submit(first, ["worker": World.Staff.imran.account.column])
            let conflict = try await sunita.submit(second, ["worker": World.Staff.ivy.account.column])
            #expect(conflict.status == 409)
            #expect(conflict.errors.first?.contains("It is with Imran Aldous") == true)
            #expect(try conflict.form()["worker"] == World.Staff.ivy.account.column)
            let done = try await sunita.submit(conflict)
            #expect(done.text.contains("Ivy Marchetti"))
        }
    }

    @Test func `of two who save at the same moment one is told`() async throws {
        try await TestSite.committed { site in
            let path = "/people/\(World.maya.column)/edit"
            let people: [World.Staff] = [.hana, .imran, .ivy, .sunita]
            var ready: [(Browser, PageForm)] = []
            for person in people {
                let browser = Browser(site, as: person)
                var form = try await browser.get(path).form()
                _ = form.fill(["given-name": person.name])
                ready.append((browser, form))
            }
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for (browser, form) in ready { group.addTask { try await browser.post(form).status } }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.sorted() == [303, 409, 409, 409])
        }
    }

    @Test(arguments: ["", "x", "-1", "99999999999", "99999999999999999999999", "1; DROP TABLE app.person"])
    func `a form without its version is none of ours`(_ version: String) async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            for path in ["/people/\(World.maya.column)/edit", "/notes/\(World.id(.note, 101).column)/edit",
                         "/cases/\(World.mayasCase.column)/allocate"] {
                var form = try await hana.get(path).form()
                form.forge("version", version)
                let before = try await site.fingerprint()
                #expect(try await hana.post(form).status == 400)
                #expect(try await site.fingerprint() == before)
            }
        }
    }
}
