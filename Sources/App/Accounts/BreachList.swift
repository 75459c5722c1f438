import Crypto
import Foundation

/// Why a list of breached passwords can't be built or read.
enum BreachListError: Error, Equatable, Sendable {
    case unreadable
    /// Not a list made by `BreachList.build`, or one cut short.
    case notAList
    /// More than `BreachList.unsortedLimit` entries that are not in order of their hash.
    case tooManyUnsorted
}

/// Passwords known from breaches, looked up offline.
///
/// The file: `DRYBRCH1`, the number of entries (8 bytes, big-endian), then the first 8 bytes of each password's SHA-1
/// in ascending order, each once. A thousand million entries take 8 GB and make a false alarm on one good password in
/// eighteen thousand million. It is read through a memory map, so it costs address space, not memory: replace it by
/// renaming a new file over it, never by writing into it.
struct BreachList: Sendable {
    private static let magic = Data("DRYBRCH1".utf8)
    fileprivate static let headerSize = 16

    /// A source in order of hash, as Pwned Passwords is published, is copied through in constant memory whatever its
    /// size. Any other is sorted in memory: at most 100 million entries, 800 MB (twice that while the array grows).
    static let unsortedLimit = 100_000_000

    private let file: Data
    /// How many passwords the list knows.
    let count: Int

    /// Maps a built file.
    init(contentsOf url: URL) throws(BreachListError) {
        guard let file = try? Data(contentsOf: url, options: .alwaysMapped) else { throw .unreadable }
        guard file.count >= Self.headerSize, file.prefix(8) == Self.magic else { throw .notAList }
        let body = file.count - Self.headerSize
        guard body.isMultiple(of: 8), Self.entry(1, in: file) == UInt64(body / 8) else { throw .notAList }
        (self.file, count) = (file, body / 8)
    }

    /// Whether the password, in the spelling that is hashed for sign-in, is on the list.
    func contains(_ password: String) -> Bool {
        let wanted = Self.prefix(of: Data(PasswordHash.normalised(password).utf8))
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if Self.entry(middle + 2, in: file) < wanted { low = middle + 1 } else { high = middle }
        }
        return low < count && Self.entry(low + 2, in: file) == wanted
    }

    /// Builds the file at `destination` from what the operator supplies: a password a line, or Pwned Passwords lines
    /// (40 hexadecimal digits, optionally a colon and a count). Returns the number of entries written. Writes beside
    /// the destination and renames, so that a failure leaves the old list in place.
    static func build(
        from source: URL, to destination: URL, unsortedLimit: Int = unsortedLimit
    ) throws -> Int {
        guard let input = try? FileHandle(forReadingFrom: source) else { throw BreachListError.unreadable }
        defer { try? input.close() }
        let partial = destination.appendingPathExtension("partial")
        guard FileManager.default.createFile(atPath: partial.path, contents: magic + Data(count: 8)) else {
            throw BreachListError.unreadable
        }
        var finished = false
        defer { if !finished { try? FileManager.default.removeItem(at: partial) } }
        let output = try FileHandle(forUpdating: partial)
        defer { try? output.close() }
        try output.seekToEnd()

        var collector = BreachCollector(output: output, unsortedLimit: unsortedLimit)
        try eachLine(of: input) { line in
            if let entry = prefix(ofLine: line) { try collector.add(entry) }
        }
        let count = try collector.finish()
        try output.seek(toOffset: 8)
        try output.write(contentsOf: withUnsafeBytes(of: UInt64(count).bigEndian) { Data($0) })
        try output.synchronize()
        guard rename(partial.path, destination.path) == 0 else { throw BreachListError.unreadable }
        finished = true
        return count
    }

    /// The `index`th 8 bytes of the file.
    private static func entry(_ index: Int, in file: Data) -> UInt64 {
        file.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)) }
    }

    private static func prefix(of password: Data) -> UInt64 {
        Insecure.SHA1.hash(data: password).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The entry a line stands for. Line ends of either kind are no part of a password; other spaces are.
    private static func prefix(ofLine line: UnsafeRawBufferPointer) -> UInt64? {
        let line = line.last == UInt8(ascii: "\r") ? UnsafeRawBufferPointer(rebasing: line.dropLast()) : line
        guard !line.isEmpty else { return nil }
        if line.count == 40 || line.count > 40 && line[40] == UInt8(ascii: ":"),
           let high = number(line[..<16]), number(line[16..<32]) != nil, number(line[32..<40]) != nil {
            return high
        }
        return prefix(of: Data(line))
    }

    private static func number(_ digits: Slice<UnsafeRawBufferPointer>) -> UInt64? {
        var number: UInt64 = 0
        for digit in digits {
            switch digit {
            case 0x30...0x39: number = number << 4 | UInt64(digit - 0x30)
            case 0x41...0x46, 0x61...0x66: number = number << 4 | UInt64((digit & 0xdf) - 0x41 + 10)
            default: return nil
            }
        }
        return number
    }

    private static func eachLine(of input: FileHandle, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        var unfinished = Data()
        while let chunk = try input.read(upToCount: 1 << 20), !chunk.isEmpty {
            unfinished.append(chunk)
            let used = try unfinished.withUnsafeBytes { bytes in
                var start = 0
                while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
                    try body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
                    start = end + 1
                }
                return start
            }
            unfinished = Data(unfinished.dropFirst(used))
            // No password is a megabyte long: this is not a list of lines.
            if unfinished.count > 1 << 20 { throw BreachListError.unreadable }
        }
        try unfinished.withUnsafeBytes { try body($0) }
    }
}

/// Writes entries out as they come while they come in order; sorts in memory from the first that does not.
private struct BreachCollector {
    private let output: FileHandle
    private let unsortedLimit: Int
    private var block = Data()
    private var unsorted: [UInt64]?
    private var last: UInt64?
    private var written = 0

    /// `output` stands at the place of the first entry.
    init(output: FileHandle, unsortedLimit: Int) { (self.output, self.unsortedLimit) = (output, unsortedLimit) }

    mutating func add(_ entry: UInt64) throws {
        if entry == last { return }
        if unsorted == nil, let last, entry < last { try takeBack() }
        last = entry
        guard unsorted != nil else { return try write(entry) }
        unsorted?.append(entry)
        if unsorted?.count ?? 0 > unsortedLimit { throw BreachListError.tooManyUnsorted }
    }

    /// Writes the rest and says how many entries the file holds.
    mutating func finish() throws -> Int {
        unsorted?.sort()
        var previous: UInt64?
        for entry in unsorted ?? [] where entry != previous {
            previous = entry
            try write(entry)
        }
        try flush()
        return written
    }

    private mutating func write(_ entry: UInt64) throws {
        withUnsafeBytes(of: entry.bigEndian) { block.append(contentsOf: $0) }
        written += 1
        if block.count >= 1 << 20 { try flush() }
    }

    private mutating func flush() throws {
        try output.write(contentsOf: block)
        block.removeAll(keepingCapacity: true)
    }

    /// The source turns out not to be in order: reads back what was written, to be sorted with the rest.
    private mutating func takeBack() throws {
        try flush()
        guard written <= unsortedLimit else { throw BreachListError.tooManyUnsorted }
        let start = BreachList.headerSize
        try output.seek(toOffset: UInt64(start))
        let bytes = try output.read(upToCount: written * 8) ?? Data()
        unsorted = bytes.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 8).map {
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self))
            }
        }
        try output.truncate(atOffset: UInt64(start))
        written = 0
    }
}
