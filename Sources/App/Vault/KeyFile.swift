import Foundation

/// A key on disk: one line, mode 0400, there whole or not at all even if the machine stops in the middle.
enum KeyFile {
    /// Writes a key under `path`, replacing what stands there in one step.
    static func write(_ key: MasterKey, to path: String) throws {
        let partial = "\(path).partial-\(ProcessInfo.processInfo.processIdentifier)"
        let file = open(partial, O_WRONLY | O_CREAT | O_EXCL, 0o400)
        guard file >= 0 else { throw failure(path) }
        let text = Array((key.fileText + "\n").utf8)
        let isWritten = text.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) } == text.count
            && fsync(file) == 0
        close(file)
        guard isWritten, rename(partial, path) == 0, syncDirectory(of: path) else {
            unlink(partial)
            throw failure(path)
        }
    }

    /// Keeps the file at `path` under a second name; nothing happens when that name is taken.
    static func keep(_ path: String, as other: String) throws {
        guard link(path, other) == 0 || errno == EEXIST, syncDirectory(of: other) else { throw failure(other) }
    }

    /// A rename or link is on disk when its directory is.
    private static func syncDirectory(of path: String) -> Bool {
        let directory = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY)
        guard directory >= 0 else { return false }
        defer { close(directory) }
        return fsync(directory) == 0
    }

    private static func failure(_ path: String) -> Keys.Missing {
        let why = String(cString: strerror(errno))
        return Keys.Missing(description: "Can't write the key \(path) (\(why)). Nothing was changed.")
    }
}
