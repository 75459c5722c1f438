import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Key files")
struct KeyFileTests {
    @Test func `a new installation gets three keys for its owner alone`() async throws {
        try await KeyFolder.use(.generate()) { folder in
            #expect(try folder.names == ["audit.key", "master.key", "server.key"])
            for name in try folder.names { #expect(try folder.mode(name) == 0o400) }
            _ = try Keys(directory: folder.path)
        }
    }

    @Test func `a key that is there is never replaced by a new one`() async throws {
        let key = MasterKey.generate()
        try await KeyFolder.use(key) { folder in
            try KeyFile.add(.generate(), at: Keys.master(in: folder.path))
            try Keys.createMissing(in: folder.path)
            #expect(try KeyFile.read(Keys.master(in: folder.path)).id == key.id)
        }
    }

    @Test func `what a stopped program left half written is no key`() async throws {
        let key = MasterKey.generate()
        try await KeyFolder.use(key) { folder in
            try Data("drystone-key-v1:AAAA".utf8).write(to: URL(fileURLWithPath: folder.path + "/.partial-1"))
            #expect(try Keys(directory: folder.path).ring.current.id == key.id)
            KeyFile.removePartials(in: folder.path)
            #expect(try folder.names == ["audit.key", "master.key", "server.key"])
        }
    }

    @Test func `a damaged or absent key is said to be so`() async throws {
        try await KeyFolder.use(.generate()) { folder in
            let path = Keys.master(in: folder.path)
            try FileManager.default.removeItem(atPath: path)
            #expect(throws: Keys.Missing.self) { try Keys(directory: folder.path) }
            #expect(Keys.missing(in: folder.path) == ["master.key"])
            try Data("drystone-key-v1:".utf8).write(to: URL(fileURLWithPath: path))
            #expect(throws: VaultError.badKeyFile) { try Keys(directory: folder.path) }
        }
    }
}
