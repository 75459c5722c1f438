import Foundation
import Postgres
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Requests that can't be read, and what every answer carries", .needsClone)
struct RequestTests {
    private func send(_ site: TestSite, body: String, type: String = "application/x-www-form-urlencoded") async throws
        -> Answer {
        try await Browser(site, as: .hana).send(
            .post, "/contacts/new", form: Array(body.utf8), headers: ["Content-Type": type])
    }

    @Test(arguments: [
        "csrf=csrf-hana&reason=%", "csrf=csrf-hana&reason=%2", "csrf=csrf-hana&reason=%zz", "csrf=csrf-hana&%=x",
        "csrf=csrf-hana&reason=%ff%fe", "csrf=csrf-hana&reason=%c0%af", "csrf=csrf-hana&reason=%ed%a0%80",
        "csrf=csrf-hana&reason=a%00b", Array(repeating: "a=1", count: 401).joined(separator: "&"),
    ])
    func `a body that is no form is a 400`(_ body: String) async throws {
        try await TestSite.rolledBack { site in
            let answer = try await send(site, body: body)
            #expect(answer.status == 400)
            #expect(HouseChecks.headers(answer) == [])
        }
    }

    @Test(arguments: ["", "text/plain", "application/json", "multipart/form-data; boundary=x", "application/xml"])
    func `a body of another kind is a 400`(_ type: String) async throws {
        try await TestSite.rolledBack { site in
            let seen = try await send(site, body: "csrf=csrf-hana", type: type)
            #expect(seen.status == 400)
        }
    }

    @Test(arguments: ["", "&&&", "=", "=&=", "a", "csrf", "reason=&reason=&reason="])
    func `an odd body that is a form is only not from this session`(_ body: String) async throws {
        try await TestSite.rolledBack { site in
            let seen = try await send(site, body: body)
            #expect(seen.status == 403)
        }
    }

    @Test func `a packed body is a 400, and one that is too large a 413 that closes the connection`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let packed = try await hana.send(
                .post, "/contacts/new", form: Array("csrf=csrf-hana".utf8), headers: ["Content-Encoding": "gzip"])
            #expect(packed.status == 400)
            let body = Array("csrf=csrf-hana&reason=".utf8) + Array(repeating: UInt8(ascii: "x"), count: 1_200_000)
            for headers in [[:], ["Content-Length": "600023"]] {
                let large = try await hana.send(.post, "/contacts/new", form: body, headers: headers)
                #expect(large.status == 413)
                #expect(large["Connection"] == "close")
                #expect(HouseChecks.headers(large) == [])
            }
            let promised = try await hana.send(
                .post, "/contacts/new", form: [], headers: ["Content-Length": "99999999999"])
            #expect(promised.status == 413)
        }
    }

    @Test(arguments: ["elsewhere.example", "127.0.0.1", "127.0.0.1:8081", "", "127.0.0.1:8080@elsewhere.example"])
    func `a host that is not ours is a 400`(_ host: String) async throws {
        try await TestSite.rolledBack { site in
            let seen = try await site.client.send(.get, "/sign-in", ["Host": host])
            #expect(seen.status == 400)
        }
    }

    @Test func `every kind of answer carries the headers`() async throws {
        try await TestSite.rolledBack { site in
            let (hana, adaeze) = (Browser(site, as: .hana), Browser(site, as: .adaeze))
            let form = try await hana.get("/contacts/new").form()
            let answers = [
                try await hana.send(.get, "/"), try await hana.post(form), try await adaeze.send(.get, "/"),
                try await adaeze.send(.get, "/cases"), try await hana.send(.get, "/cases/x"),
                try await hana.send(.get, "/nowhere"), try await hana.send(.get, "/assets/nothing.css"),
                try await hana.send(.put, "/contacts/new"), try await hana.send(.trace, "/"),
                try await hana.send(.get, "/%2e%2e/%2e%2e/etc/passwd"), try await Browser(site).send(.get, "/account"),
                try await hana.send(.get, "/contacts?before=%zz"),
            ]
            #expect(answers.map(\.status) == [200, 422, 303, 403, 404, 404, 404, 404, 404, 404, 303, 200])
            for answer in answers { #expect(HouseChecks.headers(answer) == []) }
            for (name, value) in [
                ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
                ("X-Frame-Options", "DENY"), ("Strict-Transport-Security", "max-age=63072000"),
            ] {
                for answer in answers { #expect(answer[name] == value) }
            }
        }
    }

    @Test func `a fault says nothing but a reference, which the log has too`() async throws {
        try await TestSite.rolledBack { site in
            try await site.alter("ALTER TABLE app.case_note RENAME TO lost")
            let page = try await Browser(site, as: .imran).get("/cases/\(World.mayasCase.column)")
            #expect(page.status == 500)
            #expect(page.heading == "Something went wrong")
            let body = page.answer.body
            for word in ["case_note", "42P01", "SELECT", "Postgres", "Maya"] { #expect(!body.contains(word)) }
            let reference = try #require(page.text.split(separator: ": ").last).prefix(8)
            let fault = site.log.lines.filter { $0.contains("reference=\(reference)") && $0.hasPrefix("error") }
            #expect(fault.count == 1)
            #expect(fault.first?.contains("42P01") == true)
        }
    }

    @Test func `HEAD answers as GET without the body`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            for path in ["/", "/cases", "/nowhere", "/cases/\(World.mayasCase.column)"] {
                let (get, head) = (try await hana.send(.get, path), try await hana.send(.head, path))
                #expect(head.body == "")
                #expect(head.status == get.status)
                #expect(head["Content-Type"] == get["Content-Type"])
            }
        }
    }

    @Test(arguments: [
        "/cases?list=mine&from=9999999999999999999-x", "/cases?list=%3Cscript%3E", "/cases?from=-1-\(World.absent)",
        "/contacts?before=-9223372036854775808-\(World.absent)", "/contacts?before=\u{201C}",
        "/cases?list=all&list=mine",
        "/contacts?before=9223372036854775807-\(World.absent)", "/sign-in?next=%0d%0aSet-Cookie:%20a=b",
        "/contacts?before=infinity-x", "/people/\(World.maya)?x=%", "/search/\(World.absent)?q='",
    ])
    func `whatever stands after the question mark, a page or a 404 comes`(_ address: String) async throws {
        try await TestSite.rolledBack { site in
            let encoded = address.unicodeScalars.map { $0.isASCII ? String($0) : "%E2%80%9C" }.joined()
            let answer = try await Browser(site, as: .hana).send(.get, encoded)
            #expect([200, 303, 404].contains(answer.status), "\(answer.status)")
            #expect(!answer.body.contains("<script>"))
        }
    }
}
