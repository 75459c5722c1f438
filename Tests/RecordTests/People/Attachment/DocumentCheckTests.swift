import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("What a file is, by its content")
struct DocumentCheckTests {
    private static let odt = "application/vnd.oasis.opendocument.text"
    private static let word = [Zip.Entry("[Content_Types].xml", "<?xml"), Zip.Entry("word/document.xml", "<?xml")]
    private static let open = [
        Zip.Entry("mimetype", odt), Zip.Entry("content.xml", "<?xml"), Zip.Entry("META-INF/manifest.xml", "<?xml"),
    ]

    private func why(_ bytes: [UInt8]) -> String? {
        if case .refused(let why) = DocumentCheck(bytes) { return why }
        return nil
    }

    @Test func `each kind is known, whatever it is called`() {
        #expect(DocumentCheck(DemoDocument.pdf(["One", "(two)"])) == .accepted(.pdf))
        #expect(DocumentCheck(DemoDocument.png(lines: 4)) == .accepted(.png))
        #expect(DocumentCheck(Sample.jpeg()) == .accepted(.jpeg))
        #expect(DocumentCheck(Zip.file(Self.word)) == .accepted(.docx))
        #expect(DocumentCheck(Zip.file(Self.open)) == .accepted(.odt))
    }

    @Test(arguments: [
        "", "x", "MZ\u{90}", "<html><script>alert(1)</script>", "%PD", "GIF89a", "#!/bin/sh", "{\\rtf1",
        " %PDF-1.4 %%EOF",
    ])
    func `anything else is refused in words`(_ text: String) {
        #expect(why(Array(text.utf8))?.hasPrefix("The file must be a PDF, JPEG, PNG, DOCX, XLSX, ODT or ODS") == true)
    }

    @Test func `what is cut off, or goes on behind its end, is refused or dropped`() {
        for bytes in [DemoDocument.pdf(["One"]), DemoDocument.png(lines: 2), Sample.jpeg(), Zip.file(Self.word)] {
            for length in stride(from: 0, to: bytes.count - 8, by: 3) {
                #expect(why(Array(bytes.prefix(length))) != nil)
            }
        }
        #expect(why(DemoDocument.png(lines: 2) + Zip.file(Self.word)) != nil)
        let two = Sample.jpeg() + Zip.file(Self.word)
        #expect(Picture.withoutWords(two, .jpeg) == Picture.withoutWords(Sample.jpeg(), .jpeg))
        #expect(why(Array("MZ".utf8) + Zip.file(Self.word)) != nil)
        #expect(why(Zip.file(Self.word) + [0]) != nil)
    }

    @Test func `macros and passwords are refused by name`() {
        for name in ["word/vbaProject.bin", "WORD/VBAPROJECT.BIN", "word/vbaData.xml", "word/activeX/activeX1.xml"] {
            #expect(why(Zip.file(Self.word + [Zip.Entry(name, "x")]))?.contains("macros") == true)
        }
        for name in ["Basic/Standard/Module1.xml", "Scripts/python/run.py"] {
            #expect(why(Zip.file(Self.open + [Zip.Entry(name, "x")]))?.contains("macros") == true)
        }
        var locked = Self.word
        locked[1].flags = 1
        #expect(why(Zip.file(locked))?.contains("password") == true)
        var sealed = Self.open
        sealed[1].content = Array("\u{1}\u{2}sealed".utf8)
        #expect(why(Zip.file(sealed))?.contains("password") == true)
    }

    @Test func `a bomb is refused before anything is unpacked`() {
        var large = Self.word
        large[1].method = 8
        large[1].unpacked = OfficeFile.mostUnpacked + 1
        #expect(why(Zip.file(large))?.contains("too large when unpacked") == true)
        large[1].unpacked = 5_000_000
        #expect(why(Zip.file(large))?.contains("too large when unpacked") == true)
        let many = (0...OfficeFile.mostEntries).map { Zip.Entry("word/\($0).xml", "") }
        #expect(why(Zip.file(Self.word + many)) != nil)
    }

    @Test(arguments: ["../x", "/x", "a\\b", "c:x", "a\u{1}", "word/document.xml", "WORD/DOCUMENT.XML"])
    func `a name that leaves its folder or comes twice is refused`(_ name: String) {
        #expect(why(Zip.file(Self.word + [Zip.Entry(name, "x")])) != nil)
    }

    @Test func `no bytes stop the check`() {
        var generator = SeededGenerator(seed: 7)
        for whole in [DemoDocument.png(lines: 1), Sample.jpeg(), Zip.file(Self.word), Zip.file(Self.open)] {
            for _ in 0..<60 {
                var bytes = whole
                for _ in 0..<4 {
                    bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
                }
                if case .accepted(let kind) = DocumentCheck(bytes) { _ = Picture.withoutWords(bytes, kind) }
            }
        }
    }

    @Test func `a photograph does not say where it was taken`() {
        let taken = Sample.jpeg(with: [(0xE1, "Exif\u{0}\u{0}GPS 52.67 -0.72"), (0xFE, "a comment"), (0xED, "IPTC")])
        let kept = Picture.withoutWords(taken, .jpeg)
        #expect(kept == Sample.jpeg())
        #expect(kept.firstRange(of: Array("GPS".utf8)) == nil)
        #expect(DocumentCheck(kept) == .accepted(.jpeg))
        let coloured = Sample.jpeg(with: [(0xE2, "ICC_PROFILE\u{0}")])
        #expect(Picture.withoutWords(coloured, .jpeg) == coloured)
        let sheet = DemoDocument.png(lines: 3)
        // Between the head (8 + 25 bytes) and the picture.
        let described = Array(sheet[..<33]) + [0, 0, 0, 3] + Array("tEXtGPS".utf8) + [0, 0, 0, 0] + Array(sheet[33...])
        #expect(DocumentCheck(described) == .accepted(.png))
        #expect(Picture.withoutWords(described, .png) == sheet)
    }
}

/// Small pictures.
enum Sample {
    /// As much of a JPEG as tells one from another: its frame is no picture that a viewer would show.
    static func jpeg(with segments: [(UInt8, String)] = []) -> [UInt8] {
        func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
            [0xFF, marker, UInt8((content.count + 2) >> 8), UInt8((content.count + 2) & 0xFF)] + content
        }
        return [0xFF, 0xD8] + segment(0xE0, Array("JFIF\u{0}".utf8))
            + segments.flatMap { segment($0.0, Array($0.1.utf8)) } + segment(0xDB, [1, 2, 3])
            + segment(0xDA, [1, 1, 0, 0, 63, 0]) + [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD3, 0x56] + [0xFF, 0xD9]
    }
}

/// Makes zips, sound and unsound.
enum Zip {
    struct Entry {
        var name: String
        var content: [UInt8]
        var method = 0
        var flags = 0
        /// What the directory says; nil: what is true.
        var unpacked: Int?

        init(_ name: String, _ content: String) { (self.name, self.content) = (name, Array(content.utf8)) }
    }

    static func file(_ entries: [Entry]) -> [UInt8] {
        var out: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let name = Array(entry.name.utf8)
            let sizes = number(entry.content.count, 4) + number(entry.unpacked ?? entry.content.count, 4)
            let common = number(20, 2) + number(entry.flags, 2) + number(entry.method, 2) + number(0, 8) + sizes
                + number(name.count, 2) + number(0, 2)
            directory += number(0x0201_4B50, 4) + number(20, 2) + common + number(0, 2) + number(0, 2) + number(0, 2)
            directory += number(0, 4) + number(out.count, 4) + name
            out += number(0x0403_4B50, 4) + common + name + entry.content
        }
        let end = number(0x0605_4B50, 4) + number(0, 4) + number(entries.count, 2) + number(entries.count, 2)
            + number(directory.count, 4) + number(out.count, 4) + number(0, 2)
        return out + directory + end
    }

    private static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
