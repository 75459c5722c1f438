import Foundation

/// What a run writes. Lines end with LF; names that need it are quoted.
extension Linkage {
    /// record_id,cluster_id in the order of rows. A cluster is called after the first of its records, by name.
    public func clustersFile() -> Data {
        var out = ByteLines("record_id,cluster_id")
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
        var out = ByteLines("weight,record_id_l,record_id_r")
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
        var out = ByteLines("file,line,reason")
        for row in records.table.rejected {
            out.add(ByteLines.quoted(row.file) + ",\(row.line)," + ByteLines.quoted(row.reason))
            out.add(10)
        }
        return out.data
    }
}

/// Bytes of a file in the making.
struct ByteLines {
    private(set) var data = Data()

    init(_ heading: String) {
        data.reserveCapacity(1 << 20)
        add(heading)
        add(10)
    }

    mutating func add(_ byte: UInt8) { data.append(byte) }

    mutating func add(_ text: String) { data.append(contentsOf: Array(text.utf8)) }

    mutating func add(_ table: RawTable, _ record: Int) {
        let bytes = table.bytes(of: record)
        if !bytes.isEmpty, bytes.allSatisfy({ $0 > 34 && $0 < 127 && $0 != 44 }) {
            data.append(bytes)
        } else {
            add(Self.quoted(table.name(record)))
        }
    }

    static func quoted(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
