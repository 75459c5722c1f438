import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Drafts: what was typed is there again", .needsClone)
struct DraftTests {
    private static let path = "/cases/\(World.mayasCase.column)/notes/new"
    private static let words = "She said the neighbour heard it too"

    /// The form as the script saves it while somebody types.
    private func autosave(_ browser: Browser, _ form: PageForm) async throws -> Answer {
        try await browser.send(.post, "/drafts", form: form.body, headers: ["X-Autosave": "1"])
    }

    @Test func `a refused form is kept, and shown when its owner comes back`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let refused = try await hana.submit(hana.get("/contacts/new"), ["reason": Self.words, "safe-to-talk": "no"])
            #expect(refused.status == 422)
            let again = try await hana.get("/contacts/new")
            #expect(again.text.contains("What you typed here"))
            #expect(try again.form()["reason"] == Self.words)
            #expect(try again.form()["safe-to-talk"] == "no")
        }
    }

    @Test func `what is saved while typing is there on another device`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var form = try await imran.get(Self.path).form()
            _ = form.fill(["body": Self.words])
            #expect(try await autosave(imran, form).status == 204)
            #expect(try await Browser(site, as: .imran).get(Self.path).form()["body"] == Self.words)
        }
    }

    @Test func `sending the form throws its draft away`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var form = try await imran.get(Self.path).form()
            _ = form.fill(["body": Self.words])
            _ = try await autosave(imran, form)
            try await imran.submit(form)
            let again = try await imran.get(Self.path)
            #expect(try again.form()["body"] == "")
            #expect(!again.text.contains("What you typed here"))
        }
    }

    @Test func `a draft can be thrown away`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var form = try await imran.get(Self.path).form()
            _ = form.fill(["body": Self.words])
            _ = try await autosave(imran, form)
            let empty = try await imran.submit(imran.get(Self.path), to: "/drafts/discard")
            #expect(empty.path == Self.path)
            #expect(try empty.form()["body"] == "")
        }
    }

    @Test func `nobody else sees a draft, nor does its owner in another form`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var form = try await imran.get(Self.path).form()
            _ = form.fill(["body": Self.words])
            _ = try await autosave(imran, form)
            for colleague in [World.Staff.hana, .sunita, .gwen] {
                let page = try await Browser(site, as: colleague).get(Self.path)
                #expect(!page.answer.body.contains(Self.words))
            }
            #expect(try await imran.get("/cases/\(World.rinasCase.column)/notes/new").form()["body"] == "")
        }
    }

    @Test func `in the table a draft can't be read`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var form = try await imran.get(Self.path).form()
            _ = form.fill(["body": Self.words])
            _ = try await autosave(imran, form)
            let sealed: Data = try await site.draft(of: .imran, Self.path)
            #expect(sealed.count > Self.words.utf8.count)
            #expect(sealed.range(of: Data("neighbour".utf8)) == nil && sealed.range(of: Data("body".utf8)) == nil)
        }
    }

    @Test func `a draft that was copied to somebody else's account does not open`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var form = try await imran.get(Self.path).form()
            _ = form.fill(["body": Self.words])
            _ = try await autosave(imran, form)
            try await site.alter("""
                INSERT INTO app.draft (account_id, form, partnership_id, fields_sealed)
                SELECT \(World.Staff.hana.account), form, partnership_id, fields_sealed FROM app.draft
                WHERE account_id = \(World.Staff.imran.account) AND form = \(Self.path)
                """)
            let page = try await Browser(site, as: .hana).get(Self.path)
            #expect(page.status == 200 && !page.answer.body.contains(Self.words))
        }
    }

    @Test func `neither a password nor a code is ever kept`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let form = PageForm.encode([
                ("csrf", "csrf-hana"), ("draft-path", "/account/password"), ("password", "tell nobody this"),
                ("password-now", "nor this"), ("code", "123456"),
            ])
            #expect(try await hana.send(.post, "/drafts", form: form).status == 204)
            let kept = try await site.truth.transaction { db in
                try db.first("SELECT 1 AS one FROM app.draft WHERE form = '/account/password'") { _ in true }
            }
            #expect(kept == nil)
        }
    }

    @Test func `a session that ends in the middle comes back to the same words after signing in`() async throws {
        try await TestSite.committed { site in
            let imran = Browser(site)
            try await imran.signIn(.imran)
            var form = try await imran.get(Self.path).form()
            _ = form.fill(["body": Self.words])
            let notes = try await site.count("case_note")
            try await site.alter("UPDATE app.session SET expires_at = now() - interval '1 minute'")
            let sent = try await imran.post(form)
            #expect(sent.status == 303)
            #expect(sent.location == "/sign-in?next=\(Self.path)")
            #expect(try await site.count("case_note") == notes)

            let landed = try await imran.signIn(.imran, later: 60, at: try #require(sent.location))
            #expect(landed.path == Self.path)
            #expect(try landed.form()["body"] == Self.words)
            #expect(landed.text.contains("What you typed here"))
            try await imran.submit(landed)
            #expect(try await site.count("case_note") == notes + 1)
        }
    }

    @Test func `words of an ended session are kept for nobody but who typed them into that session's form`()
        async throws {
        try await TestSite.committed { site in
            let hana = Browser(site)
            hana.setCookie(Cookies.session, World.cookie("session-expired"))
            func post(_ fields: [(String, String)]) async throws -> Int {
                let before = try await site.count("draft")
                _ = try await hana.send(.post, Self.path, form: PageForm.encode(fields))
                return try await site.count("draft") - before
            }
            let forged = [("csrf", "csrf-imran"), ("draft-path", Self.path), ("body", "x")]
            #expect(try await post(forged) == 0)
            #expect(try await post([("csrf", "csrf-hana"), ("draft-path", "/elsewhere"), ("body", "x")]) == 0)
            // An hour ago is soon enough; two days ago is not.
            let own = [("csrf", "csrf-hana"), ("draft-path", Self.path), ("body", "x")]
            let ended: SQL = "WHERE expires_at < now()"
            try await site.alter("UPDATE app.session SET expires_at = now() - interval '2 days' \(ended)")
            #expect(try await post(own) == 0)
            try await site.alter("UPDATE app.session SET expires_at = now() - interval '1 hour' \(ended)")
            #expect(try await post(own) == 1)
        }
    }

    @Test func `a draft of an older version is not saved over what a colleague has saved since`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let path = "/people/\(World.maya.column)/edit"
            var form = try await imran.get(path).form()
            _ = form.fill(["language": "Welsh", "family-name": ""])
            _ = try await autosave(imran, form)
            let hana = Browser(site, as: .hana)
            try await hana.submit(hana.get(path), ["language": "French"])

            let back = try await imran.get(path)
            #expect(try back.form()["language"] == "Welsh")
            #expect(try back.form()["family-name"] == "", "what was emptied stays empty")
            let answer = try await imran.submit(back)
            #expect(answer.status == 409)
            #expect(answer.text.contains("French") && answer.answer.body.contains("Welsh"))
        }
    }

    @Test func `when something of ours breaks, the words are there again`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let form = try await imran.get(Self.path)
            try await site.alter("ALTER TABLE app.case_note ADD CONSTRAINT broken CHECK (false) NOT VALID")
            let broken = try await imran.submit(form, ["body": Self.words])
            #expect(broken.status == 500)
            #expect(try await imran.get(Self.path).form()["body"] == Self.words)
        }
    }

    @Test(arguments: ["", "/", "//elsewhere.example/x", "https://elsewhere.example", "/exit", "/cases/<b>", "/Ünicode"])
    func `a draft is of a form of ours`(_ path: String) async throws {
        try await TestSite.rolledBack { site in
            let form = PageForm.encode([("csrf", "csrf-hana"), ("draft-path", path), ("body", Self.words)])
            let hana = Browser(site, as: .hana)
            #expect(try await hana.send(.post, "/drafts", form: form).status == 400)
            let discarded = try await hana.send(.post, "/drafts/discard", form: form)
            #expect(discarded.location == "/")
        }
    }
}

extension TestSite {
    fileprivate func draft(of person: World.Staff, _ form: String) async throws -> Data {
        let sealed = try await truth.transaction { db in
            try db.first("""
                SELECT fields_sealed FROM app.draft WHERE account_id = \(person.account) AND form = \(form)
                """) { try $0["fields_sealed"] as Data }
        }
        return try #require(sealed)
    }
}
