import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("An email that was saved as a file")
struct EmailTests {
    private func read(_ text: String) throws -> PastedEmail { try #require(PastedEmail(file: Array(text.utf8))) }

    private static func mail(_ type: String, _ body: String, _ more: String = "") -> String {
        "MIME-Version: 1.0\r\nFrom: a@example.org\r\nContent-Type: \(type)\r\n\(more)\r\n\(body)"
    }

    @Test func `heads go on over lines and may be in other alphabets`() throws {
        let email = try read("""
            Received: from somewhere\r
            From: =?utf-8?Q?Zo=C3=AB_?= =?ISO-8859-1?B?o2Fza2E=?= <zoe@example.org>\r
            Subject: A long\r
             subject =?bad?=\r
            Date: Tue, 3 Mar 2026 21:14:05 +0100 (CET)\r
            \r
            Help
            """)
        #expect(email.from == "Zoë £aska <zoe@example.org>")
        #expect(email.subject == "A long subject =?bad?=")
        #expect(email.body == "Help")
        #expect(email.sentAt == Date(timeIntervalSince1970: 1_772_568_845))
    }

    @Test func `words are read as they were packed`() throws {
        #expect(try read(Self.mail("text/plain; charset=utf-8", "Caf=C3=A9 =\r\nis=3D\r\nfine=Z",
                                   "Content-Transfer-Encoding: quoted-printable\r\n")).body == "Café is=\nfine=Z")
        #expect(try read(Self.mail("text/plain", "SGVs\r\nbG8h",
                                   "Content-Transfer-Encoding: base64\r\n")).body == "Hello!")
        #expect(try read(Self.mail("text/plain; charset=\"windows-1252\"", "=80 5 =93ok=94",
                                   "Content-Transfer-Encoding: Quoted-Printable\r\n")).body == "€ 5 “ok”")
        let bytes = Array(Self.mail("text/plain", "caf").utf8) + [0xE9]
        #expect(PastedEmail(file: bytes)?.body == "café")
        #expect(try read(Self.mail("text/plain; charset=utf-8", "a\u{202E}b\u{1}c\u{7F}")).body == "abc")
    }

    @Test func `of two forms the plain one is read, and of a page only its words`() throws {
        let both = """
            --x\r\nContent-Type: text/html\r\n\r\n<p>Page</p>\r
            --x\r\nContent-Type: text/plain\r\n\r\nPlain\r\n--x--\r\n
            """
        #expect(try read(Self.mail("multipart/alternative; boundary=x", both)).body == "Plain")
        let page = """
            <html><head><title>T</title><style>p{}</style></head><body><!-- <b>no</b> --><script>alert(1)</script>
            <p>One &amp; &lt;two&gt;&#x1F600;</p><img src="http://elsewhere.example/x" alt="no">three<br>four
            five<ul><li>six</li></ul><SCRIPT>x</SCRIPT >&unknown; &pound;5</body>
            """
        #expect(try read(Self.mail("text/html", page)).body == "One & <two>😀\nthree\nfour five\nsix\n&unknown; £5")
    }

    @Test func `what came along is named and not opened`() throws {
        let body = """
            --out\r
            Content-Type: multipart/alternative; boundary="in"\r
            \r
            --in\r
            \r
            Words\r
            --in--\r
            --out\r
            Content-Type: application/pdf; name="../../a/plan.pdf"\r
            Content-Transfer-Encoding: base64\r
            \r
            JVBERi0=\r
            --out\r
            Content-Type: text/plain\r
            Content-Disposition: attachment; filename*=utf-8''na%C3%AFve%E2%80%AEtxt.exe\r
            \r
            secret\r
            --out\r
            Content-Type: message/rfc822\r
            \r
            Subject: inner\r
            \r
            inner words\r
            --out\r
            Content-Type: image/png\r
            \r
            x\r
            --out--\r
            """
        let email = try read(Self.mail("multipart/mixed; boundary=out", body))
        #expect(email.body == "Words")
        #expect(email.leftOut == ["plan.pdf", "naïvetxt.exe", "another e-mail", "a part without a name"])
    }

    @Test func `a saved text is read as a pasted one`() throws {
        let email = try read("From: Ann\nSent: yesterday\nSubject: Please ring\n\nToday, not tomorrow")
        #expect(email.from == "Ann" && email.date == "yesterday" && email.subject == "Please ring")
        #expect(email.body == "Today, not tomorrow" && email.sentAt == nil)
        #expect(try read("Just words").body == "Just words")
    }

    @Test func `what is no text is no email`() {
        #expect(PastedEmail(file: [0xD0, 0xCF, 0x11, 0xE0, 0, 0]) == nil)
        #expect(PastedEmail(file: DemoDocument.png(lines: 1)) == nil)
        #expect(PastedEmail(file: Array(repeating: 10, count: EmailMessage.mostLines + 5)) == nil)
    }

    @Test(arguments: [
        ("3 Mar 2026 21:14 GMT", 1_772_572_440.0), ("Tue, 03 Mar 2026 23:14:00 -0500", 1_772_597_640),
        ("Tue, 31 Feb 2026 10:00:00 +0000", nil), ("", nil), ("yesterday", nil), ("1 Jan 2026 25:00:00 +0000", nil),
        ("1 Jan 99999999999999999999 10:00 +0000", nil), (", , , ,", nil), ("1 Jan 2026 10 +0000", nil),
    ])
    func `a moment is read or left open`(_ text: String, _ seconds: Double?) {
        #expect(EmailMessage.date(text)?.timeIntervalSince1970 == seconds)
    }

    @Test func `parts within parts end somewhere, and no bytes stop the reading`() throws {
        var deep = "end"
        for level in 0..<40 {
            deep = "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n\(deep)\n--b\(level)--\n"
        }
        #expect(try read("MIME-Version: 1.0\n" + deep).body == "")
        let many = String(repeating: "--x\n\nword\n", count: 5_000)
        #expect(try read(Self.mail("multipart/mixed; boundary=x", many)).body.utf8.count < 5_000)
        var generator = SeededGenerator(seed: 3)
        let page = "--x\r\nContent-Type: text/html\r\n\r\n<p>&amp;\r\n--x--"
        let whole = Array(Self.mail("multipart/mixed; boundary=x", page).utf8)
        for _ in 0..<1_500 {
            var bytes = whole
            for _ in 0..<5 {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            _ = PastedEmail(file: bytes)
        }
    }
}

@Suite("Taking an email in", .needsClone)
struct EmailFlowTests {
    private func form(_ browser: Browser, _ file: [UInt8]?) async throws -> PageForm {
        var form = try await browser.get("/contacts/email").form()
        form.file = file.map { ("RE: Maya.eml", $0) }
        return form
    }

    @Test func `an attached email fills the contact, which a person confirms`() async throws {
        try await TestSite.rolledBack(at: Date(timeIntervalSince1970: 1_772_600_000)) { site in
            let hana = Browser(site, as: .hana)
            let mail = """
                Message-ID: <1@example.org>\r
                From: Ann <ann@example.org>\r
                Subject: <script>alert(1)</script>\r
                Date: Tue, 3 Mar 2026 21:14:05 +0000\r
                Content-Type: multipart/mixed; boundary=x\r
                \r
                --x\r
                Content-Type: text/html\r
                \r
                <p>Please ring my <b>sister</b></p>\r
                --x\r
                Content-Type: application/pdf; name=letter.pdf\r
                \r
                JVBERi0=\r
                --x--\r
                """
            let before = try await site.count("contact")
            let page = try await hana.submit(form(hana, Array(mail.utf8)))
            #expect(page.status == 200 && page.text.contains("Check each field before you save"))
            #expect(page.text.contains("Left out, not opened and not kept: letter.pdf"))
            #expect(!page.answer.body.contains("<script>alert"))
            let contact = try page.form("/contacts/new")
            #expect(contact["reason"].contains("Please ring my sister") && contact["channel"] == "email")
            #expect(contact["happened-day"] == "3" && contact["happened-time"] == "21:14")
            #expect(try await site.count("contact") == before)
            let saved = try await hana.submit(page, ["outcome": "adviceGiven"], to: "/contacts/new")
            #expect(saved.text.contains("Please ring my sister") && saved.text.contains("3 March 2026"))
        }
    }

    @Test func `what can't be read is refused in words`() async throws {
        let cases: [([UInt8], String)] = [
            ([0xD0, 0xCF, 0x11, 0xE0, 0], "Outlook’s own format"), ([0, 1, 2], "saved as .eml or .txt"),
            ([], "The file is empty"), (Array("  \n".utf8), "with words in it"),
            (Array(repeating: 65, count: Upload.largest + 1), "smaller than 10 MB"),
        ]
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            for (file, words) in cases {
                let page = try await hana.submit(form(hana, file))
                #expect(page.status == 422 && page.errors.first?.contains(words) == true, "\(page.errors)")
            }
            var both = try await form(hana, Array("Hello".utf8))
            _ = both.fill(["email-text": "Words that were pasted"])
            let page = try await hana.submit(both)
            #expect(page.errors.first == "Paste the email or choose a file, not both")
            #expect(try page.form("/contacts/email")["email-text"] == "Words that were pasted")
            var empty = try await form(hana, nil)
            #expect(empty["email-text"] == "Words that were pasted")
            _ = empty.fill(["email-text": ""])
            let neither = try await hana.submit(empty)
            #expect(neither.errors.first == "Paste the email, or choose it as a file")
        }
    }
}
