import Foundation

/// That somebody was deleted: whose record, when and by which rule, and nothing of them.
struct Tombstone: Codable, Equatable, Hashable, Sendable {
    let partnership: UUID
    let person: UUID
    /// Whole seconds: when it was agreed to be carried out.
    let at: Date
    let rule: String
}

/// The tombstones of an installation: a line of JSON each, in files outside the database and outside its backups. A
/// backup that is older than a deletion holds the person and the key; whoever restores it deletes them again by these.
struct Tombstones: Sendable {
    let directory: String

    private var file: String { directory + "/tombstones.jsonl" }

    /// Writes one down, on disk before this returns; one that is there already is not written again.
    func append(_ tombstone: Tombstone) throws {
        if !FileManager.default.fileExists(atPath: directory) {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try sync((directory as NSString).deletingLastPathComponent)
        }
        if try all().contains(where: { $0.person == tombstone.person && $0.partnership == tombstone.partnership }) {
            return
        }
        let whole = try Data(contentsOfFile: file)
        // A line that a failing machine left unfinished is closed first, and passed over from then on.
        let text = (whole.isEmpty || whole.last == 0x0A ? Data() : Data([0x0A])) + (try Self.encoder.encode(tombstone))
            + Data([0x0A])
        let opened = open(file, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard opened >= 0 else { throw failure }
        defer { close(opened) }
        let written = text.withUnsafeBytes { write(opened, $0.baseAddress, $0.count) }
        guard written == text.count, fsync(opened) == 0 else { throw failure }
        try sync(directory)
    }

    /// Those of every file in the directory, each person once; none where there is no directory.
    func all() throws -> [Tombstone] {
        guard FileManager.default.fileExists(atPath: directory) else { return [] }
        let names = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".jsonl") }
        var seen: Set<UUID> = []
        return try names.sorted().flatMap { name in
            try Data(contentsOfFile: directory + "/" + name).split(separator: 0x0A)
                .compactMap { try? Self.decoder.decode(Tombstone.self, from: Data($0)) }
        }.filter { seen.insert($0.person).inserted }
    }

    private var failure: CommandFailure {
        CommandFailure("A tombstone could not be written into \(directory) (\(String(cString: strerror(errno)))), so "
            + "nobody was deleted by it. Look at the disk and at who owns the directory.")
    }

    private func sync(_ path: String) throws {
        let opened = open(path, O_RDONLY | O_DIRECTORY)
        guard opened >= 0 else { throw failure }
        defer { close(opened) }
        guard fsync(opened) == 0 else { throw failure }
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return decoder
    }
}

extension Data {
    /// A file's bytes; none where there is no file.
    fileprivate init(contentsOfFile path: String) throws {
        self = FileManager.default.fileExists(atPath: path) ? try Data(contentsOf: URL(fileURLWithPath: path)) : Data()
    }
}
