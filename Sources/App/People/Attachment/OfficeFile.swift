/// A Word, Excel or OpenDocument file, judged by the directory of its zip alone: nothing is unpacked here. What is
/// packed so that one reader sees another file than the next is refused.
enum OfficeFile {
    /// More entries, or more bytes when unpacked, than any letter has.
    static let mostEntries = 2_000
    static let mostUnpacked = 100 * 1024 * 1024
    /// Deflate can't pack tighter than this.
    private static let tightest = 1_032

    static func check(_ bytes: [UInt8]) -> DocumentCheck {
        guard let entries = ZipEntry.all(in: bytes) else {
            return .refused("The document can’t be read. Save it anew, or as a PDF, and choose it again")
        }
        if entries.contains(where: \.isEncrypted) { return .refused(locked) }
        if entries.reduce(0, { $0 + $1.unpacked }) > mostUnpacked
            || entries.contains(where: { $0.unpacked / tightest > $0.packed + 1 }) {
            return .refused("The document is too large when unpacked. Save it as a PDF")
        }
        let names = Set(entries.map { $0.name.lowercased() })
        if names.contains(where: isProgram) {
            return .refused("The document contains macros. Save it without them, or as a PDF")
        }
        if names.contains("[content_types].xml") {
            if names.contains("word/document.xml") { return .accepted(.docx) }
            if names.contains("xl/workbook.xml") { return .accepted(.xlsx) }
        }
        guard names.isSuperset(of: ["content.xml", "meta-inf/manifest.xml"]), let first = entries.first,
            first.name == "mimetype", first.method == 0,
            let kind = [DocumentKind.odt, .ods].first(where: {
                first.content(in: bytes).elementsEqual($0.mediaType.utf8)
            }) else {
            return .refused("The file must be a \(DocumentKind.names). Save it as one of these")
        }
        // An encrypted OpenDocument file stores what was XML as it is (ODF 1.2, part 3, 3.4.1).
        let isLocked = entries.contains { entry in
            entry.name == "content.xml" && entry.method == 0
                && !entry.content(in: bytes).starts(with: "<?xml".utf8)
        }
        return isLocked ? .refused(locked) : .accepted(kind)
    }

    private static let locked = "The document has a password. Save it without one, and choose it again"

    private static func isProgram(_ name: String) -> Bool {
        name.hasSuffix("vbaproject.bin") || name.hasSuffix("vbadata.xml") || name.contains("activex")
            || name.hasPrefix("xl/macrosheets/") || name.hasPrefix("basic/") || name.hasPrefix("scripts/")
    }
}

/// One line of a zip's directory.
struct ZipEntry: Equatable {
    let name: String
    /// 0 is stored, 8 is deflated; others are refused.
    let method: Int
    let flags: Int
    let packed: Int
    let unpacked: Int
    /// Where its content begins.
    let start: Int

    var isEncrypted: Bool { flags & 0x2041 != 0 }
    func content(in bytes: [UInt8]) -> ArraySlice<UInt8> { bytes[start..<start + packed] }

    /// The entries in the order of the file; nil for anything unusual: parts on other disks, the 64-bit form, names
    /// that leave the folder or come twice, contents that overlap, a directory that disagrees with what stands before
    /// a content, anything in front of the first entry or behind the last.
    static func all(in bytes: [UInt8]) -> [ZipEntry]? {
        guard let end = endRecord(bytes), bytes.number(end + 4, 4) == 0 else { return nil }
        let count = bytes.number(end + 10, 2)
        let (size, directory) = (bytes.number(end + 12, 4), bytes.number(end + 16, 4))
        guard count == bytes.number(end + 8, 2), (1...OfficeFile.mostEntries).contains(count),
            directory + size == end else { return nil }
        var entries: [ZipEntry] = []
        var at = directory
        for _ in 0..<count {
            guard let entry = entry(bytes, at, before: directory) else { return nil }
            entries.append(entry)
            at += 46 + bytes.number(at + 28, 2) + bytes.number(at + 30, 2) + bytes.number(at + 32, 2)
            if at > end { return nil }
        }
        entries.sort { $0.start < $1.start }
        let overlaps = zip(entries, entries.dropFirst()).contains { $0.start + $0.packed > $1.start - 30 }
        guard at == end, !overlaps, Set(entries.map { $0.name.lowercased() }).count == count,
            let first = entries.first, first.start - 30 - first.name.utf8.count <= 64 else { return nil }
        return entries
    }

    private static func endRecord(_ bytes: [UInt8]) -> Int? {
        // Nothing that writes documents adds a comment, so the record is the last thing.
        let at = bytes.count - 22
        return at >= 0 && bytes.number(at, 4) == 0x0605_4B50 && bytes.number(at + 20, 2) == 0 ? at : nil
    }

    private static func entry(_ bytes: [UInt8], _ at: Int, before directory: Int) -> ZipEntry? {
        guard at + 46 <= bytes.count, bytes.number(at, 4) == 0x0201_4B50 else { return nil }
        let length = bytes.number(at + 28, 2)
        let (packed, unpacked) = (bytes.number(at + 20, 4), bytes.number(at + 24, 4))
        let (method, local) = (bytes.number(at + 10, 2), bytes.number(at + 42, 4))
        guard at + 46 + length <= bytes.count, [0, 8].contains(method), method == 8 || packed == unpacked,
            local + 30 + length <= directory, bytes.number(local, 4) == 0x0403_4B50,
            bytes.number(local + 26, 2) == length, bytes.number(local + 8, 2) == method,
            bytes[local + 30..<local + 30 + length].elementsEqual(bytes[at + 46..<at + 46 + length]),
            let name = String(validating: bytes[at + 46..<at + 46 + length], as: UTF8.self), isPlain(name) else {
            return nil
        }
        let start = local + 30 + length + bytes.number(local + 28, 2)
        guard packed <= directory - start else { return nil }
        return ZipEntry(
            name: name, method: method, flags: bytes.number(at + 8, 2) | bytes.number(local + 6, 2), packed: packed,
            unpacked: unpacked, start: start)
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix("/") && !name.contains("\\") && !name.contains(":")
            && !name.split(separator: "/").contains("..") && !name.unicodeScalars.contains { $0.value < 32 }
    }
}

extension [UInt8] {
    /// A number of `count` bytes, the lowest first; 0 beyond the end.
    fileprivate func number(_ at: Int, _ count: Int) -> Int {
        guard at >= 0, at + count <= self.count else { return 0 }
        return (0..<count).reduce(0) { $0 | Int(self[at + $1]) << (8 * $1) }
    }
}
