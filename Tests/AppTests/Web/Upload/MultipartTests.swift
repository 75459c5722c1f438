import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Forms that carry a file")
struct MultipartTests {
    /// Everything of a form with one field and one file, whose file part has this head.
    private static func form(
        head: String = #"Content-Disposition: form-data; name="document"; filename="a.pdf""#,
        _ content: String = "%PDF-"
    ) -> String {
        "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nHello\r\n"
            + "--b\r\n\(head)\r\n\r\n\(content)\r\n--b--\r\n"
    }

    private func read(_ text: String, by step: Int = .max, keeps: Bool = true) throws(Refusal) -> Multipart {
        try read(Array(text.utf8), by: step, keeps: keeps)
    }

    private func read(_ bytes: [UInt8], by step: Int = .max, keeps: Bool = true) throws(Refusal) -> Multipart {
        var form = Multipart(boundary: Array("b".utf8), fileField: "document", keeps: keeps)
        var at = 0
        while at < bytes.count {
            let end = step < bytes.count - at ? at + step : bytes.count
            try form.take(bytes[at..<end])
            at = end
        }
        try form.finish()
        return form
    }

    @Test(arguments: [1, 2, 3, 7, 64, 100_000]) func `it is the same however the bytes come`(_ step: Int) throws {
        let content = "\r\n--a\r\r\n--\r\n--B--\r\n\u{0}\r"
        let form = try read(Self.form(content), by: step)
        #expect(form.fields == ["note": ["Hello"]])
        #expect(form.upload == .file(Array(content.utf8)))
    }

    @Test(arguments: [
        "../../etc/passwd", "C:\\evil.exe", "\u{202E}fdp.exe", "a%22b.pdf", "𝕏.pdf", "a;b=c.pdf", " ", "x/y",
    ])
    func `a name is looked at by nobody`(_ name: String) throws {
        let head = "Content-Disposition: form-data; name=\"document\"; filename=\"\(name)\"\r\nContent-Type: text/html"
        #expect(try read(Self.form(head: head)).upload == .file(Array("%PDF-".utf8)))
    }

    @Test func `no file chosen, an empty one, two, and one that is too large are four things`() throws {
        let none = #"Content-Disposition: form-data; name="document"; filename="""#
        #expect(try read(Self.form(head: none, "")).upload == .none)
        #expect(try read(Self.form("")).upload == .file([]))
        let two = Self.form("one").replacing("--b--", with: Self.form("two").dropLast())
        #expect(try read(two).upload == .several)
        let parts = Self.form("!").split(separator: "!", maxSplits: 1).map { Array($0.utf8) }
        let largest = parts[0] + Array(repeating: UInt8(7), count: Upload.largest) + parts[1]
        guard case .file(let bytes) = try read(largest, by: 65_536).upload else {
            Issue.record("the largest file was refused")
            return
        }
        #expect(bytes.count == Upload.largest)
        let larger = parts[0] + Array(repeating: UInt8(7), count: Upload.largest + 1) + parts[1]
        let refused = try read(larger, by: 65_536)
        #expect(refused.upload == .tooLarge)
        #expect(refused.fields == ["note": ["Hello"]])
    }

    @Test func `without room the words are read and the file is passed over`() throws {
        let form = try read(Self.form(), keeps: false)
        #expect(form.upload == .crowded)
        #expect(form.fields == ["note": ["Hello"]])
    }

    @Test(arguments: [
        "", "--", "--b", "--b--", "x", "\r\n--b\r\n", form().dropLast(4).description, form().dropLast(12).description,
        "preamble\r\n" + form(), form() + "epilogue", form() + "\r\n", form().replacing("\r\n", with: "\n"),
        form().replacing("--b", with: "--c"), form(head: ""), form(head: "Content-Type: text/plain"),
        form(head: #"Content-Disposition: attachment; name="document""#),
        form(head: "Content-Disposition: form-data; name=document; filename=a.pdf"),
        form(head: #"Content-Disposition: form-data; filename="a.pdf""#),
        form(head: #"Content-Disposition: form-data; name="note"; filename="a.pdf""#),
        form(head: #"Content-Disposition: form-data; name=""; filename="a.pdf""#),
        form(head: #"Content-Disposition: form-data; name="document"; name="other""#),
        form(head: #"Content-Disposition: form-data; name="document"; filename*=utf-8''a.pdf"#),
        form(head: "Content-Disposition: form-data; name=\"document\"; filename=\"a\u{0}.pdf\""),
        form(head: "Content-Disposition: form-data; name=\"document\"\r\nContent-Type: multipart/mixed"),
        form(head: "Content-Disposition: form-data; name=\"document\"\r\nContent-Transfer-Encoding: base64"),
        form(head: "X: \(String(repeating: "x", count: Multipart.largestHead))"),
        "--b\r\n" + String(repeating: "x", count: 20_000),
    ])
    func `what no browser sends is refused`(_ text: String) {
        for step in [1, 5_000] { #expect(throws: Refusal.unreadable) { try read(text, by: step) } }
    }

    @Test func `ten thousand parts, NUL and broken letters are refused, and words without end are too large`() {
        let part = "--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n!\r\n"
        let many = String(repeating: part, count: 10_000) + "--b--\r\n"
        #expect(throws: Refusal.unreadable) { try read(many, by: 65_536) }
        for bytes in [[0], [0xFF, 0xFE], [0xC0, 0xAF]] as [[UInt8]] {
            let whole = (part + "--b--\r\n").split(separator: "!").map { Array($0.utf8) }
            #expect(throws: Refusal.unreadable) { try read(whole[0] + bytes + whole[1]) }
        }
        let long = part.replacing("!", with: String(repeating: "x", count: Multipart.largestText + 1)) + "--b--\r\n"
        #expect(throws: Refusal.tooLarge) { try read(long, by: 65_536) }
    }

    @Test func `any bytes at all are read or refused, never a trap`() {
        var generator = SeededGenerator(seed: 24)
        let whole = Array(Self.form().utf8)
        for _ in 0..<3_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let at = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: at)
                default: bytes.insert(contentsOf: [13, 10, 45, 45], at: at)
                }
            }
            _ = try? read(bytes, by: Int.random(in: 1...40, using: &generator))
        }
    }

    @Test func `the room for files has so many places, and not all for one`() async throws {
        let room = FileRoom(places: 3, each: 2, patience: .zero)
        let (ann, ben) = (UUID(), UUID())
        let first = try #require(await room.enter(ann))
        _ = try #require(await room.enter(ann))
        #expect(await room.enter(ann) == nil)
        _ = try #require(await room.enter(ben))
        #expect(await room.enter(ben) == nil)
        first.leave()
        #expect(await room.enter(ben) != nil)
    }
}
