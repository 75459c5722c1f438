import Foundation
import HTTPTypes
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Who reaches what: every role, every route, every relation to the record", .needsClone)
struct PermissionMatrixTests {
    @Test func `every route is in the matrix`() {
        let tried = Set(Door.gets.map { "GET \($0.path)" } + Door.posts.map { "POST \($0.path)" }).union(Door.apart)
        let routes = Set(Site.whole().routes.map { "\($0.method.rawValue) \($0.path)" })
        #expect(routes.subtracting(tried).isEmpty, "no test says who may use these")
        #expect(tried.subtracting(routes).isEmpty, "no such route")
    }

    @Test(arguments: World.Staff.allCases)
    func `a page opens for those whom it is for, and does not exist for others`(_ visitor: World.Staff) async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site, as: visitor)
            let absent = try await Browser(site, as: .hana).send(.get, "/people/\(World.absent.column)")
            #expect(absent.status == 404)
            var wrong: [String] = []
            for door in Door.gets {
                for knock in Knock.all(door, by: visitor) {
                    let answer = try await browser.send(.get, knock.path)
                    let seen = verdict(answer, door, absent: absent)
                    if seen != expected(knock, door, visitor) { wrong.append("\(knock.path): \(seen)") }
                    let beyond = seen == "open" ? Sighted.beyond(visitor, on: knock.path, answer.body) : []
                    if !beyond.isEmpty { wrong.append("\(knock.path) tells of \(beyond)") }
                }
            }
            #expect(wrong.isEmpty)
        }
    }

    @Test(arguments: World.Staff.allCases)
    func `what is sent is taken from those who may, and refused to others`(_ visitor: World.Staff) async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site, as: visitor)
            let absent = try await Browser(site, as: .hana).send(.get, "/people/\(World.absent.column)")
            var wrong: [String] = []
            for door in Door.posts {
                for knock in Knock.all(door, by: visitor) {
                    let parts = knock.path.split(separator: "/")
                    let person = parts.dropFirst().first.flatMap { UUID(uuidString: String($0)) }
                    let form = PageForm.encode([
                        ("csrf", "csrf-\(visitor.name)"), ("submission", UUID().column),
                        ("person", World.id(.person, of: person ?? World.maya).column),
                    ])
                    let answer = try await browser.send(.post, knock.path, form: form)
                    let seen = verdict(answer, door, absent: absent)
                    if seen != expected(knock, door, visitor) { wrong.append("\(knock.path): \(seen)") }
                }
            }
            #expect(wrong.isEmpty)
        }
    }

    @Test(arguments: World.Staff.allCases.filter { Reach.of($0).has(Door.readers) })
    func `a search finds whom its asker reaches, and no trace of others`(_ visitor: World.Staff) async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site, as: visitor)
            let reach = Reach.of(visitor)
            // Barred, restricted, of another agency, shared, across the wall.
            for (number, given, family) in [
                (103, "Nell", "Abernethy-Okoro"), (105, "Olive", "Tamboura"), (109, "Rina", "Mbeki-Shaw"),
                (201, "Farida", "Oakes"), (204, "Wanda", "Ilesanmi"), (301, "Agnes", "Quill"),
            ] {
                var form = try await browser.get("/search").form("/search")
                form.forge("purpose", "safeguarding")
                _ = form.fill(["given-name": given, "family-name": family])
                let found = try await browser.submit(form)
                #expect(found.status == 200)
                let (name, results) = ("\(given) \(family)", found.markup.all("tr").dropFirst().map(\.words))
                #expect(results.contains { $0.contains(name) } == reach.people.contains(number), "\(name)")
                let beyond = Sighted.beyond(visitor, on: found.path, results.joined(separator: "\n"))
                #expect(beyond.isEmpty, "\(name)")
            }
        }
    }

    @Test func `nobody who is not signed in gets further than the sign-in page`() async throws {
        try await TestSite.rolledBack { site in
            for token in [nil, "unknown"] + World.deadTokens {
                let browser = Browser(site)
                browser.setCookie(Cookies.session, token.map(World.cookie))
                var wrong: [String] = []
                for door in Door.gets {
                    let path = Knock.all(door, by: .hana)[0].path
                    let answer = try await browser.send(.get, path)
                    if answer.status != 303 || answer.location != "/sign-in?next=\(path)" { wrong.append(path) }
                }
                #expect(wrong.isEmpty, "\(token ?? "nobody")")
            }
        }
    }

    private func expected(_ knock: Knock, _ door: Door, _ visitor: World.Staff) -> String {
        if visitor == .lena { return "sign in first" }
        if knock.opens { return "open" }
        if case .none = door.record { return "403" }
        return "does not exist"
    }

    /// An answer in a word. A refusal on a record is the same bytes and headers as a record that is not there.
    private func verdict(_ answer: Answer, _ door: Door, absent: Answer) -> String {
        switch answer.status {
        case 303: answer.location?.hasPrefix("/sign-in") == true ? "sign in first" : "open"
        case 200, 204, 400, 409, 422: "open"
        case 404: answer.body == absent.body && answer.headers == absent.headers ? "does not exist" : "another 404"
        default: String(answer.status)
        }
    }
}
