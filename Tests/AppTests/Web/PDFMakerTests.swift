import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("What makes PDF files")
struct PDFMakerTests {
    private struct Sheet: Encodable {
        struct Piece: Encodable { let title: String, role: String, text: String }
        var title = "Notes", mark = "For Ann Example only. P-1", day = "1 May 2026", at = 1_777_600_000
        var letter = ["This is a letter."]
        var pieces: [Piece] = []
    }

    /// A helper that does something else instead; its folder is removed.
    private func helper<Result>(_ script: String, _ body: (PDFMaker) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pdf-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder + "/bin", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/bin/python", withDestinationPath: "/usr/bin/python3")
        try Data("import os, sys, time\n\(script)\n".utf8).write(to: URL(fileURLWithPath: folder + "/make.py"))
        return try await body(PDFMaker(folder: folder))
    }

    @Test func `without the helper there is no file`() async {
        let maker = PDFMaker(folder: "/nowhere")
        #expect(!maker.isHere)
        #expect(await maker.make(Sheet()) == nil)
    }

    @Test(arguments: [
        "sys.stdin.read(); print('no PDF')", "print('%PDF-1.7'); sys.exit(1)", "sys.exit(1)", "os.kill(os.getpid(), 9)",
        "while True: print('%PDF-' * 1000)", "sys.stdin.read()\nwhile True: print('%PDF-' * 1000)",
    ])
    func `what fails, or makes too much, makes no file`(script: String) async throws {
        let file = try await helper(script) { maker in
            var maker = maker
            maker.most = 1 << 20
            return await maker.make(Sheet())
        }
        #expect(file == nil)
    }

    @Test(arguments: ["", "os.close(0); os.close(1)", "sys.stdin.read(); print('%PDF-1.7', flush=True)"])
    func `what takes too long, or what nobody waits for any longer, is ended`(first: String) async throws {
        let script = "open(__file__ + '.id', 'w').write(str(os.getpid()))\n\(first)\ntime.sleep(60)"
        try await helper(script) { maker in
            var maker = maker
            maker.within = .seconds(5)
            #expect(await maker.make(Sheet()) == nil)
            let id = try String(contentsOfFile: maker.folder + "/make.py.id", encoding: .utf8)
            let process = try #require(pid_t(id))
            #expect(kill(process, 0) == -1 && errno == ESRCH)
            let patient = PDFMaker(folder: maker.folder)
            let asked = Task { await patient.make(Sheet()) }
            asked.cancel()
            #expect(await asked.value == nil)
        }
    }

    @Test func `what is written stands in its standard input alone`() async throws {
        let said = try await helper("""
            words = sys.stdin.read()
            print('%PDF-', 'This is a letter.' in words, sys.orig_argv, dict(os.environ), *os.listdir('/proc/self/fd'))
            """) { maker in await maker.make(Sheet()) }
        let text = String(decoding: try #require(said), as: UTF8.self)
        #expect(text.contains("True") && text.contains("make.py") && text.contains("C.UTF-8"))
        for word in ["Ann Example", "letter", "PATH", "TEST_"] { #expect(!text.contains(word), "\(word)") }
        // Of descriptors its own three, and the list itself.
        let open = text.split(separator: "}").last?.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        #expect(open?.sorted() == [0, 1, 2, 3])
    }

    @Test(.needsClone) func `a file is tagged, in a language, bears its mark on each sheet, and is the same each time`()
        async throws {
        var sheet = Sheet()
        sheet.pieces = (1...12).map { number in
            .init(title: "Note \(number), #let x = 1 *bold* $a$ @here <tag>", role: "Written by: idva", text: """
                First line
                of \(number) #import "x" \\ `code` \u{7}= no heading \u{1F600}

                - Łukasz O’Neill said “no” سلام
                """ + String(repeating: " And so on for a while.", count: 60))
        }
        let file = try #require(await PDFMaker.installed.make(sheet))
        #expect(await PDFMaker.installed.make(sheet) == file)
        let seen = try PDFRead(file)
        #expect(seen.title == "Notes" && seen.author.isEmpty && seen.language == "en-GB" && seen.showsTitle)
        #expect(seen.isTagged && seen.claimsUA && !seen.runs)
        #expect(seen.pages.count > 3 && seen.pages.allSatisfy { $0.contains("For Ann Example only. P-1") })
        #expect(seen.bookmarks.count == 13 && seen.bookmarks[12].hasPrefix("12. Note 12, #let x = 1 *bold* $a$"))
        #expect(seen.text.contains("Contents 1. Note 1"))
        // Typst's own marks are words like others; what no font has is said, what can't be seen is gone.
        #expect(seen.text.contains("of 7 #import \"x\" \\ `code` = no heading [grinning face]"))
        // Letters that its fonts lack: rather no file than one with holes in it.
        sheet.letter = ["ਸਤ ਸ੍ਰੀ ਅਕਾਲ"]
        #expect(await PDFMaker.installed.make(sheet) == nil)
    }
}
