import Foundation

/// What a run writes. Lines end with LF; names that need it are quoted.
extension Linkage {
    /// record_id,cluster_id in the order of rows. A cluster is called after the first of its records, by name.
    public func clustersFile() -> Data {
        let out = ByteLines("record_id,cluster_id")
        for record in 0..<count {
            out.add(records.table, record)
            out.add(44)
            out.add(records.table, Int(clusters[record]))
            out.add(10)
        }
        return out.data
    }

    /// weight,record_id_l,record_id_r of compared pairs above the threshold, the highest weight first.
    public func pairsFile() -> Data {
        let table = records.table
        let above = candidates.pairs.filter { weights[Int($0.pattern)] > cut }.map { pair in
            let (one, other) = (Int(pair.one), Int(pair.other))
            return (weights[Int(pair.pattern)], table.isBefore(one, other) ? (one, other) : (other, one))
        }.sorted { one, other in
            if one.0 != other.0 { return one.0 > other.0 }
            if one.1.0 != other.1.0 { return table.isBefore(one.1.0, other.1.0) }
            return table.isBefore(one.1.1, other.1.1)
        }
        let out = ByteLines("weight,record_id_l,record_id_r")
        for (weight, pair) in above {
            out.add(String(format: "%.3f,", weight))
            out.add(table, pair.0)
            out.add(44)
            out.add(table, pair.1)
            out.add(10)
        }
        return out.data
    }

    /// file,line,reason of rows that couldn't be used.
    public func rejectedFile() -> Data {
        let out = ByteLines("file,line,reason")
        for row in records.table.rejected {
            out.add(ByteLines.quoted(row.file) + ",\(row.line)," + ByteLines.quoted(row.reason))
            out.add(10)
        }
        return out.data
    }
}

/// Bytes of a file in the making.
final class ByteLines {
    private var bytes: UnsafeMutablePointer<UInt8>
    private var room = 1 << 16
    private var count = 0

    init(_ heading: String) {
        bytes = .allocate(capacity: room)
        add(heading)
        add(10)
    }

    deinit { bytes.deallocate() }

    var data: Data { Data(bytes: bytes, count: count) }

    func add(_ byte: UInt8) {
        makeRoom(1)
        bytes[count] = byte
        count += 1
    }

    func add(_ text: String) { for byte in text.utf8 { add(byte) } }

    func add(_ table: RawTable, _ record: Int) {
        let name = table.bytes(of: record)
        makeRoom(name.count)
        // Copied first: mostly it needs no quotes.
        var isPlain = !name.isEmpty
        for (at, byte) in name.enumerated() {
            bytes[count + at] = byte
            if byte <= 34 || byte >= 127 || byte == 44 { isPlain = false }
        }
        if isPlain { count += name.count } else { add(Self.quoted(table.name(record))) }
    }

    private func makeRoom(_ more: Int) {
        if count + more <= room { return }
        room = max(room * 2, count + more)
        let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
        wider.update(from: bytes, count: count)
        bytes.deallocate()
        bytes = wider
    }

    static func quoted(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
