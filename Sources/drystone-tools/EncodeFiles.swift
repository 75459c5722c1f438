import Foundation
import Glibc
import Linkage

/// The key as a file.
enum KeyFile {
    /// Makes one that only its owner may read. Never over another: what was encoded with that could not be linked
    /// again.
    static func make(_ path: String) throws -> EncodingKey {
        let key = EncodingKey()
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw Unreadable(text: errno == EEXIST
                ? "\(path) is there already. A key is never written over; name another file."
                : "\(path) can't be written. Check the folder, and that you may write there.")
        }
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(key.text.utf8))
            try handle.synchronize()
        } catch {
            unlink(path)
            throw Unreadable(text: "\(path) can't be written: is the disk full?")
        }
        Terminal.complain(
            "\(path) is the key, id \(EncodeDocument.id(key.id)). Give it to the other agencies by hand or over "
                + "a channel of its own, never with the encoded files and never to whoever links.")
        return key
    }

    static func read(_ path: String) throws -> EncodingKey {
        let text = try Terminal.text(of: path, atMost: 10_000)
        let key: EncodingKey
        do throws(EncodingKey.Problem) {
            key = try EncodingKey(text: text)
        } catch {
            switch error {
            case .other: throw Unreadable(text: "\(path) isn't a key. `drystone encode --new-key FILE` makes one.")
            case .newer:
                throw Unreadable(text: "\(path) is a key of a version that this program doesn't know. Use a newer one.")
            case .damaged:
                throw Unreadable(
                    text: "\(path) is a damaged key: a digit is wrong or missing. Get it again from who made it.")
            }
        }
        var found = stat()
        if stat(path, &found) == 0, found.st_mode & 0o077 != 0 {
            Terminal.complain(
                "drystone: others may read \(path). `chmod 600` it; whoever has it can read encoded files.")
        }
        return key
    }
}

/// A file in memory.
final class WholeFile {
    private let bytes: UnsafeBufferPointer<UInt8>

    /// What stands in it, for as long as `body` takes.
    func with<Value, Problem: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Problem) -> Value
    ) throws(Problem) -> Value {
        defer { withExtendedLifetime(self) {} }
        return try body(bytes)
    }

    init(_ path: String, atMost limit: Int) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        var found = stat()
        guard file >= 0, fstat(file, &found) == 0, found.st_mode & S_IFMT == S_IFREG else {
            if file >= 0 { close(file) }
            throw Unreadable(text: "\(path) can't be read. Check the name, and that you may read it.")
        }
        defer { close(file) }
        let size = Int(found.st_size)
        guard size <= limit else { throw Unreadable(text: "\(path) is longer than \(limit) bytes.") }
        // Read, not mapped: a file that is cut short while it is in use would end the program.
        let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(size, 1))
        var filled = 0
        while filled < size {
            let more = Glibc.read(file, room.baseAddress! + filled, size - filled)
            if more <= 0 { break }
            filled += more
        }
        bytes = UnsafeBufferPointer(rebasing: room[..<filled])
    }

    deinit { bytes.deallocate() }
}

/// Files of records, written.
enum EncodedOutput {
    /// Whole or not at all; only the owner may read it, since it is personal data.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let partial = "\(path).partial-\(getpid())"
        let file = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw Unreadable(text: "\(path) can't be written. Check the folder, and that you may write there.")
        }
        do {
            try FileHandle(fileDescriptor: file, closeOnDealloc: true).write(contentsOf: Data(bytes))
        } catch {
            unlink(partial)
            throw Unreadable(text: "\(path) can't be written: is the disk full?")
        }
        guard rename(partial, path) == 0 else {
            unlink(partial)
            throw Unreadable(text: "\(path) can't be written. Check that it is no folder.")
        }
    }
}

/// How far it is, on a terminal only.
struct EncodedProgress {
    private let isTerminal = isatty(STDERR_FILENO) == 1

    func told(_ records: Double) {
        if isTerminal { FileHandle.standardError.write(Data("\r\(Int(records)) records\r".utf8)) }
    }
}

/// What was made.
struct EncodeDocument: Encodable {
    let out, mode, keyId: String
    let records, bytes: Int
    let seconds: Double
    /// Of 10,000 records.
    let profile: EncodedProfile
    let unusedColumns: [String]

    init(_ outcome: Encoding.Outcome, _ key: EncodingKey, _ mode: EncodingMode, out: String, seconds: Double) {
        (self.out, self.mode, self.seconds) = (out, mode.name, seconds)
        keyId = Self.id(key.id)
        (records, bytes, profile) = (outcome.records, outcome.file.count, outcome.profile)
        unusedColumns = outcome.unused
    }

    static func id(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }

    var lines: [String] {
        let fields = profile.fields.sorted { $0.key < $1.key }.map { name, field in
            name.padded(14) + percent(Double(field.missing) / 10_000).leading(10)
                + percent(Double(field.unknown) / 10_000).leading(10)
                + percent(Double(field.unreadable) / 10_000).leading(12)
        }
        let unused = unusedColumns.isEmpty ? [] : ["Not used: \(unusedColumns.joined(separator: ", "))"]
        return [
            "\(out): \(records) records, \(bytes) bytes, mode \(mode), key \(keyId)", "",
            "field".padded(14) + "missing".leading(10) + "unknown".leading(10) + "unreadable".leading(12),
        ] + fields + unused + [
            "",
            "It is still personal data: send it as such, and to whoever links alone. The key stays with the agencies.",
        ]
    }
}
