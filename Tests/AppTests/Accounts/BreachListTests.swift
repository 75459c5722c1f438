import Crypto
import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The list of breached passwords")
struct BreachListTests {
    /// A folder of its own for each test, gone afterwards.
    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(at: url) }

        func build(_ text: String, limit: Int = 1_000) throws -> BreachList {
            try Data(text.utf8).write(to: url.appending(path: "source"))
            let list = url.appending(path: "list")
            let count = try BreachList.build(from: url.appending(path: "source"), to: list, unsortedLimit: limit)
            let built = try BreachList(contentsOf: list)
            #expect(built.count == count)
            return built
        }
    }

    private static func sha1(_ text: String) -> String {
        Insecure.SHA1.hash(data: Data(text.utf8)).hex.uppercased()
    }

    @Test("Finds every password of a plain list and no other, whatever the line ends")
    func plain() throws {
        let words = (0..<500).map { "password number \($0)" }
        for end in ["\n", "\r\n"] {
            let list = try Folder().build(words.joined(separator: end))
            #expect(list.count == 500)
            #expect(words.allSatisfy(list.contains))
            #expect(!(500..<1_500).contains { list.contains("password number \($0)") })
            #expect(!list.contains(""))
        }
    }

    @Test("Reads Pwned Passwords lines, in either case, with or without counts")
    func pwned() throws {
        #expect(Self.sha1("password") == "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8")
        let list = try Folder().build("""
            \(Self.sha1("password")):9545824
            \(Self.sha1("letmein").lowercased()):3
            \(Self.sha1("iloveyou"))
            """)
        #expect(list.count == 3)
        #expect(["password", "letmein", "iloveyou"].allSatisfy(list.contains))
        #expect(!list.contains(Self.sha1("password")))
    }

    @Test("A source in order of hash passes through whatever its size; another needs room to be sorted")
    func limits() throws {
        let hashes = (0..<50).map { Self.sha1("\($0)") }.sorted()
        let folder = try Folder()
        let sorted = try folder.build(hashes.map { $0 + ":1\n" }.joined(), limit: 5)
        #expect(sorted.count == 50 && sorted.contains("17"))
        let reversed = hashes.reversed().joined(separator: "\n")
        #expect(throws: BreachListError.tooManyUnsorted) { try folder.build(reversed, limit: 5) }
        var late = hashes
        late.swapAt(48, 49)
        #expect(throws: BreachListError.tooManyUnsorted) { try folder.build(late.joined(separator: "\n"), limit: 5) }
        #expect(try folder.build(late.joined(separator: "\n"), limit: 50).contains("17"))
        // The failures left the earlier list in place and nothing beside it.
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["list", "source"])
    }

    @Test("Doubles count once")
    func doubles() throws {
        #expect(try Folder().build("b\na\nb\na\na\n\n\n").count == 2)
        #expect(try Folder().build("").count == 0)
        #expect(try !Folder().build("").contains("a"))
    }

    @Test("The file is the published format: magic, count, sorted eight-byte prefixes")
    func format() throws {
        let folder = try Folder()
        _ = try folder.build("letmein\npassword\n")
        let hashes = [Self.sha1("letmein"), Self.sha1("password")].sorted()
        let prefixes = hashes.map { $0.prefix(16).lowercased() }.joined()
        let bytes = try Data(contentsOf: folder.url.appending(path: "list"))
        #expect(bytes.hex == Data("DRYBRCH1".utf8).hex + "0000000000000002" + prefixes)
    }

    @Test("A file cut short, foreign or absent is refused, never taken for an empty list")
    func damaged() throws {
        let folder = try Folder()
        _ = try folder.build("letmein\npassword\n")
        let file = folder.url.appending(path: "list")
        let bytes = try Data(contentsOf: file)
        for count in 0..<bytes.count {
            let cut = folder.url.appending(path: "cut")
            try bytes.prefix(count).write(to: cut)
            #expect(throws: BreachListError.notAList) { try BreachList(contentsOf: cut) }
        }
        #expect(throws: BreachListError.unreadable) { try BreachList(contentsOf: folder.url.appending(path: "none")) }
        #expect(throws: BreachListError.unreadable) {
            try BreachList.build(from: folder.url.appending(path: "none"), to: file)
        }
    }

    @Test("A file that is no list of lines is refused")
    func notLines() throws {
        #expect(throws: BreachListError.unreadable) { try Folder().build(String(repeating: "x", count: 3 << 20)) }
    }
}
