import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Files are shown to the virus scanner before anything else", .needsClone)
struct ScannedUploadTests {
    /// One form that takes a file, with words that somebody typed beside it.
    struct Door: Sendable, CustomTestStringConvertible {
        let route: String
        let path: String
        let who: World.Staff
        let field: String
        let typed: [(String, String)]
        let file: [UInt8]
        var testDescription: String { route }

        func filled(_ browser: Browser, _ bytes: [UInt8]) async throws -> PageForm {
            var form = try await browser.get(path).form(path)
            for (name, value) in typed { #expect(form.fill([name: value]) == []) }
            form.file = ("Maya Castell.pdf", bytes)
            return form
        }
    }

    static let doors = [
        Door(
            route: "people/:id/risk/received", path: "/people/\(World.maya.column)/risk/received", who: .imran,
            field: AttachedDocument.field, typed: [
                ("tool", "policeDash"), ("made-day", "1"), ("made-month", "2"), ("made-year", "2024"),
                ("assessor", "PC Wren"), ("grade", "high"), ("note", "Came by post"),
            ], file: DemoDocument.pdf(["Assessment"])),
        Door(
            route: "cases/:id/documents/new", path: "/cases/\(World.mayasCase.column)/documents/new", who: .imran,
            field: AttachedDocument.field, typed: [("topic", "letter"), ("words", "From the school")],
            file: DemoDocument.pdf(["Letter"])),
        Door(
            route: "contacts/email", path: "/contacts/email", who: .hana, field: "email-file",
            typed: [], file: Array("From: Ann\nSubject: Please ring\n\nToday".utf8)),
    ]

    @Test func `every form that takes a file has its tests here`() {
        // What takes a large file as it comes reads it as data and gives it to nobody: no scanner sees it.
        let scanned = Site.whole().routes.filter { $0.fileField != nil && $0.taker == nil }
        #expect(Set(scanned.map(\.path)) == Set(Self.doors.map(\.route)))
    }

    @Test(arguments: doors) func `what is clean is taken`(_ door: Door) async throws {
        try await FakeClamd.behaving(.honest()) { clamd in
            try await TestSite.rolledBack(scanner: clamd.scanner) { site in
                let browser = Browser(site, as: door.who)
                let page = try await browser.submit(door.filled(browser, door.file))
                #expect(page.status == 200)
                #expect(clamd.received == [door.file])
                #expect(try await site.auditLog().count { $0.event == "file-refused" } == 0)
            }
        }
    }

    @Test(arguments: doors) func `what is harmful is nowhere afterwards but in the audit log`(_ door: Door) async throws {
        try await FakeClamd.behaving(.honest()) { clamd in
            try await TestSite.rolledBack(scanner: clamd.scanner) { site in
                let browser = Browser(site, as: door.who)
                let before = try await Self.stored(site)
                let page = try await browser.submit(door.filled(browser, FakeClamd.eicar))
                #expect(page.status == 422 && page.errors.count == 1)
                #expect(page.errors.first?.hasPrefix("The virus scanner found something harmful in the file") == true)
                #expect(page.text.contains("ask the sender for a clean copy"))
                // It would be wrong to ask for that file again.
                #expect(!page.text.contains("Choose it again"))
                try Self.hasWords(page, door)
                #expect(try await Self.stored(site) == before)
                let last = try #require(try await site.auditLog().last { $0.event == "file-refused" })
                #expect(last.account == door.who.account && last.subject == door.who.account)
                let told = try await site.howMany("""
                    SELECT count(*)::int AS n FROM app.audit_event
                    WHERE event = 'file-refused' AND (detail::text ~* 'eicar|castell' OR purpose <> '')
                    """)
                #expect(told == 0)
                #expect(!site.log.lines.contains { $0.contains("Castell") || $0.contains("EICAR") })
                // The page that is opened next has the words, and no trace of that file.
                let again = try await browser.get(door.path)
                #expect(!again.text.contains("The file that you chose"))
            }
        }
    }

    @Test(arguments: doors) func `what can't be checked is not taken`(_ door: Door) async throws {
        for manner in [FakeClamd.Manner.says("stream: something ERROR"), .hangsUp, .silent] {
            try await FakeClamd.behaving(manner) { clamd in
                try await TestSite.rolledBack(scanner: clamd.scanner(patience: .milliseconds(200))) { site in
                    try await Self.isRefused(door, site, "The file can’t be checked for viruses now")
                }
            }
        }
        let gone = VirusScanner(.socket("/tmp/clamd-\(UUID().uuidString.prefix(8))"))
        try await TestSite.rolledBack(scanner: gone) { site in
            try await Self.isRefused(door, site, "The file can’t be checked for viruses now")
            #expect(site.log.lines.contains { $0.hasPrefix("error file not taken: the virus scanner can’t be reached") })
        }
        try await FakeClamd.behaving(.honest(largest: 10)) { clamd in
            try await TestSite.rolledBack(scanner: clamd.scanner) { site in
                try await Self.isRefused(door, site, "The file is too large for the virus scanner here")
            }
        }
    }

    @Test(arguments: doors) func `without a scanner it is taken as it is`(_ door: Door) async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site, as: door.who)
            let page = try await browser.submit(door.filled(browser, door.file))
            #expect(page.status == 200)
        }
    }

    @Test func `whoever may not send a file has none scanned`() async throws {
        try await FakeClamd.behaving(.honest()) { clamd in
            try await TestSite.rolledBack(scanner: clamd.scanner) { site in
                let door = Self.doors[0]
                var form = try await door.filled(Browser(site, as: .imran), FakeClamd.eicar)
                form.forge("csrf", "csrf-hana")
                #expect(try await Browser(site, as: .imran).post(form).status == 403)
                #expect(try await Browser(site).post(form).status != 422)
                #expect(clamd.received == [])
            }
        }
    }

    private static func isRefused(_ door: Door, _ site: TestSite, _ words: String) async throws {
        let browser = Browser(site, as: door.who)
        let before = try await stored(site)
        let page = try await browser.submit(door.filled(browser, door.file))
        #expect(page.status == 422 && page.errors.count == 1)
        #expect(page.errors.first?.hasPrefix(words) == true, "\(page.errors)")
        try hasWords(page, door)
        #expect(try await stored(site) == before)
        #expect(try await site.auditLog().count { $0.event == "file-refused" } == 0)
    }

    private static func hasWords(_ page: Seen, _ door: Door) throws {
        let form = try page.form(door.path)
        for (name, value) in door.typed { #expect(form[name] == value) }
    }

    private static func stored(_ site: TestSite) async throws -> [Int] {
        var counts: [Int] = []
        for table in ["attachment", "risk_assessment", "contact"] { counts.append(try await site.count(table)) }
        return counts
    }
}
