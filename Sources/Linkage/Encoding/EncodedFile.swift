import Crypto

/// An encoded file: docs/guide/encoding-format.md is its description.
public struct EncodedFile: Sendable {
    /// How every such file begins.
    public static let magic: [UInt8] = [0x89] + Array("DRYENC\n".utf8)
    /// Magic, version, mode, nothing, length of the header, number of records, id of the key.
    static let start = 28, seals = 64
    static let mostHeader = 4_000_000

    public let header: EncodedHeader
    public let mode: EncodingMode
    /// Files with the same can be linked.
    public let keyID: [UInt8]
    public let count: Int
    let rows: EncodedRows

    public enum Problem: Error, Sendable, Equatable, CustomStringConvertible {
        case other, newer(Int), truncated, longer, altered, malformed

        public var description: String {
            switch self {
            case .other: "it isn't an encoded file. `drystone encode` makes them"
            case .newer(let version):
                "it is of version \(version) of the format, which this program doesn't know. Use a newer program"
            case .truncated: "it is cut off. Have it sent again"
            case .longer: "something stands behind its end. Have it sent again"
            case .altered: "it was changed after it was made. Have it sent again"
            case .malformed: "its parts don't fit together. Have it made again"
            }
        }
    }

    static func write(
        _ header: EncodedHeader, _ rows: EncodedRows, _ attributes: EncodedAttributes, _ key: EncodingKey
    ) -> [UInt8] {
        // In the order of a keyed token: neither the agency's order nor its alphabet is left.
        let records = rows.words(0)
        let order = records.indices.sorted { records[$0] < records[$1] }
        var rows = rows
        for place in attributes.values.indices {
            let name = "attribute_\(attributes.values[place].attribute.rawValue)"
            rows.append(EncodedColumn(name, 2), attributes.records.flatMap { record in
                [UInt8(record[place] & 255), UInt8(record[place] >> 8)]
            })
        }
        let json = header.json
        var file = magic
        file.reserveCapacity(json.count + rows.columns.reduce(256) { $0 + $1.bytes.count + 8 })
        file += little(UInt64(EncodingPlan.version), 2)
        file += [EncodingMode.allCases.first { $0.name == header.mode }?.rawValue ?? 0, 0]
        file += little(UInt64(json.count), 4) + little(UInt64(rows.count), 4) + key.id
        file += json
        pad(&file)
        rows.write(order, to: &file)
        let digest = digest(file, file.count)
        let seal = EncodingKey.keyedHash(key.derived("seal"), digest)
        file += seal
        file += Array(SHA256.hash(data: digest + seal))
        return file
    }

    public init(_ file: [UInt8]) throws(Problem) {
        guard file.count >= Self.magic.count, Array(file.prefix(Self.magic.count)) == Self.magic else { throw .other }
        guard file.count >= Self.start + Self.seals else { throw .truncated }
        func number(_ start: Int, _ count: Int) -> Int {
            (0..<count).reduce(0) { $0 | Int(file[start + $1]) << (8 * $1) }
        }
        let version = number(8, 2), length = number(12, 4), count = number(16, 4)
        guard version == EncodingPlan.version else { throw .newer(version) }
        guard let mode = EncodingMode(rawValue: file[10]), length <= Self.mostHeader,
            (1...EncodedTable.mostRecords).contains(count)
        else { throw .malformed }
        guard file.count >= Self.start + length + Self.seals else { throw .truncated }
        guard let header = EncodedHeader(json: file[Self.start..<(Self.start + length)]) else {
            // A header that can't be read in a file that is whole is a mistake of whoever made it.
            throw Self.isSealed(file) ? .malformed : .altered
        }
        let columns = EncodingPlan.columns(mode)
            + header.attributes.map { EncodedColumn("attribute_\($0.attribute.rawValue)", 2) }
        guard header.columns == columns, header.mode == mode.name, header.isPossible
        else { throw Self.isSealed(file) ? .malformed : .altered }
        var end = Self.padded(Self.start + length), places: [Int] = []
        for column in columns {
            places.append(end)
            end = Self.padded(end + column.bytes * count)
        }
        guard file.count >= end + Self.seals else { throw .truncated }
        guard file.count == end + Self.seals else { throw .longer }
        guard Self.isSealed(file) else { throw .altered }
        var rows = EncodedRows([], room: 0)
        for (column, place) in zip(columns, places) {
            rows.append(column, Array(file[place..<(place + column.bytes * count)]))
        }
        rows.count = count
        guard rows.bytes(of: "agency").allSatisfy({ Int($0) < header.agencies.count }) else { throw .malformed }
        (self.header, self.mode, self.count, self.rows) = (header, mode, count, rows)
        keyID = Array(file[20..<28])
    }

    /// Whether it was made with this key and not changed since, even by somebody who can make its checksum again.
    public static func isMade(_ file: [UInt8], with key: EncodingKey) -> Bool {
        guard file.count > start + seals else { return false }
        return isSealed(file) && key.id.elementsEqual(file[20..<28])
            && HMAC<SHA256>.isValidAuthenticationCode(
                file[(file.count - seals)..<(file.count - 32)], authenticating: digest(file, file.count - seals),
                using: SymmetricKey(data: key.derived("seal")))
    }

    private static func isSealed(_ file: [UInt8]) -> Bool {
        let seal = file[(file.count - seals)..<(file.count - 32)]
        return SHA256.hash(data: digest(file, file.count - seals) + seal).elementsEqual(file.suffix(32))
    }

    private static func digest(_ file: [UInt8], _ count: Int) -> [UInt8] {
        var hash = SHA256()
        file.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        return Array(hash.finalize())
    }

    static func padded(_ place: Int) -> Int { (place + 7) & ~7 }

    private static func pad(_ file: inout [UInt8]) {
        while !file.count.isMultiple(of: 8) { file.append(0) }
    }

    private static func little(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(value >> UInt64(8 * $0) & 255) }
    }
}
