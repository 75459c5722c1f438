import Foundation

/// A key on disk: one line, mode 0400, there whole or not at all even if the machine stops in the middle.
enum KeyFile {
    /// Reads a key. Throws `Keys.Missing` when there is none, `VaultError.badKeyFile` when it is damaged.
    static func read(_ path: String) throws -> MasterKey {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Keys.Missing(description: "Can't read the key \(path). Restore it from where you keep copies of "
                + "keys, or run `drystone migrate` for a new installation.")
        }
        return try MasterKey(fileText: text)
    }

    /// Writes a key under a name that is free; one that another program has put there meanwhile stays.
    static func add(_ key: MasterKey, at path: String) throws {
        let partial = try writePartial(key, beside: path)
        defer { unlink(partial) }
        guard link(partial, path) == 0 || errno == EEXIST, syncDirectory(of: path) else { throw failure(path) }
    }

    /// Puts a key in the place of another in one step: a reader finds the old one or the new one.
    static func replace(_ path: String, with key: MasterKey) throws {
        let partial = try writePartial(key, beside: path)
        guard rename(partial, path) == 0, syncDirectory(of: path) else {
            unlink(partial)
            throw failure(path)
        }
    }

    /// Removes what a program that was stopped in the middle of writing left behind.
    static func removePartials(in directory: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        for name in names where name.hasPrefix(".partial-") { unlink(directory + "/" + name) }
    }

    /// A file of its own whose name no reader of keys takes for a key's.
    private static func writePartial(_ key: MasterKey, beside path: String) throws -> String {
        let partial = directory(of: path) + "/.partial-" + UUID().uuidString.lowercased()
        let file = open(partial, O_WRONLY | O_CREAT | O_EXCL, 0o400)
        guard file >= 0 else { throw failure(path) }
        let text = Array((key.fileText + "\n").utf8)
        let isWritten = text.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == text.count && fsync(file) == 0
        let problem = failure(path)
        close(file)
        if isWritten { return partial }
        unlink(partial)
        throw problem
    }

    /// A new name is on disk when its directory is.
    private static func syncDirectory(of path: String) -> Bool {
        let opened = open(directory(of: path), O_RDONLY | O_DIRECTORY)
        guard opened >= 0 else { return false }
        defer { close(opened) }
        return fsync(opened) == 0
    }

    private static func directory(of path: String) -> String { (path as NSString).deletingLastPathComponent }

    private static func failure(_ path: String) -> Keys.Missing {
        Keys.Missing(description: "Can't write the key \(path) (\(String(cString: strerror(errno)))).")
    }
}
