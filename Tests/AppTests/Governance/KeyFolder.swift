import Foundation
@testable import App
@testable import AppTestSupport

/// A directory of keys that is gone when the test is.
struct KeyFolder {
    let path: String

    /// Makes one with this master key and two more of its own; `previous` are kept beside it.
    static func use<T>(
        _ current: MasterKey, previous: [MasterKey] = [], _ body: (KeyFolder) async throws -> T
    ) async throws -> T {
        let path = NSTemporaryDirectory() + "keys-" + UUID().uuidString.lowercased()
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: path) }
        try KeyFile.add(current, at: Keys.master(in: path))
        for key in previous { try KeyFile.add(key, at: Keys.previous(key.id, in: path)) }
        try Keys.createMissing(in: path)
        return try await body(KeyFolder(path: path))
    }

    /// The names of its files.
    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }

    /// The permissions of one of its files.
    func mode(_ name: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path + "/" + name)[.posixPermissions] as? NSNumber)?.intValue
    }
}
