import CPopcount

/// Encoded files that are linked together: made with one key, in one mode.
public struct EncodedSet: Sendable {
    public enum Problem: Error, Sendable, Equatable {
        /// The files at these places were made with another key than the first.
        case otherKey([Int])
        /// In another mode.
        case otherMode([Int])
        /// A sender's records stand in two of the files.
        case twice(Int)
        case tooMany
    }

    public let mode: EncodingMode
    public let count: Int
    /// Each record's own token: only its agency can say whose it is.
    public let records: [UInt64]
    /// Names of the agencies, and of each record its agency's place among them.
    public let agencies: [String]
    public let agency: [UInt16]
    let fields: [String: EncodedField]
    let sex: [UInt8], nhs: [UInt64], phone: [UInt64], group: [UInt64]
    /// A column for each rule; 0 where it makes nothing of a record.
    let blocks: [[UInt32]]

    public init(_ files: [EncodedFile]) throws(Problem) {
        guard let first = files.first else { throw .tooMany }
        let others = files.indices.filter { files[$0].keyID != first.keyID }
        guard others.isEmpty else { throw .otherKey(others) }
        let modes = files.indices.filter { files[$0].mode != first.mode }
        guard modes.isEmpty else { throw .otherMode(modes) }
        count = files.reduce(0) { $0 + $1.count }
        guard count <= 10_000_000 else { throw .tooMany }
        mode = first.mode
        func bytes(_ name: String) -> [UInt8] { files.flatMap { $0.rows.bytes(of: name) } }
        func words(_ name: String) -> [UInt64] { EncodedRows.numbers(bytes(name)) }
        records = words("record")
        var names: [String] = [], found: [String: UInt16] = [:], agency: [UInt16] = []
        agency.reserveCapacity(count)
        for file in files {
            let own = file.header.agencies.map { name -> UInt16 in
                if let place = found[name] { return place }
                found[name] = UInt16(names.count)
                names.append(name)
                return UInt16(names.count - 1)
            }
            agency += file.rows.bytes(of: "agency").map { own[Int($0)] }
            guard names.count <= 1_000 else { throw .tooMany }
        }
        (agencies, self.agency) = (names, agency)
        sex = bytes("sex")
        (nhs, phone, group) = (words("nhs"), words("phone"), words("group"))
        blocks = EncodingPlan.Rule.of(mode).map { EncodedRows.numbers(bytes("block_\($0)")) }
        let known = bytes("known")
        var fields: [String: EncodedField] = [:]
        let kinds: [(String, UInt8)] = mode == .field
            ? [("forename", 1), ("middle", 2), ("surname", 4), ("birth", 8), ("postcode", 16)] : [("filter", 0)]
        for (name, bit) in kinds {
            fields[name] = EncodedField(words(name), known.map { bit == 0 || $0 & bit != 0 })
        }
        self.fields = fields
        var seen = Set<UInt64>(minimumCapacity: count), place = 0
        for (number, file) in files.enumerated() {
            for record in records[place..<(place + file.count)] where !seen.insert(record).inserted {
                throw .twice(number)
            }
            place += file.count
        }
    }
}

/// The filters of one field: each different one once, as values are interned.
struct EncodedField: Sendable {
    let words: Int
    /// Which filter a record has; -1 where nothing is known.
    let ids: [Int32]
    /// Filters one after another, their bits, and how many records have each.
    let filters: [UInt64]
    let bits: [Int32]
    let counts: [Int32]

    init(_ rows: [UInt64], _ known: [Bool]) {
        words = known.isEmpty ? 4 : rows.count / known.count
        var found: [Key: Int32] = [:], ids: [Int32] = [], filters: [UInt64] = [], counts: [Int32] = []
        ids.reserveCapacity(known.count)
        let size = words
        for (record, isKnown) in known.enumerated() {
            guard isKnown else {
                ids.append(-1)
                continue
            }
            let start = record * size
            let key = Key(mixed: (0..<size).reduce(0) { mixed, word in
                (mixed ^ rows[start + word]) &* 0x9e37_79b9_7f4a_7c15 &+ (mixed >> 29)
            })
            if let id = found[key] {
                ids.append(id)
                counts[Int(id)] += 1
            } else {
                let id = Int32(counts.count)
                found[key] = id
                ids.append(id)
                counts.append(1)
                filters += rows[start..<(start + size)]
            }
        }
        bits = filters.withUnsafeBufferPointer { all in
            counts.indices.map { Int32(cpop_count(all.baseAddress! + $0 * size, size)) }
        }
        (self.ids, self.filters, self.counts) = (ids, filters, counts)
    }

    /// Two filters with one mixture are taken for one: the chance is 1 in 2^64 a pair.
    private struct Key: Hashable { let mixed: UInt64 }

    /// How alike two filters are, from 0 to 1.
    @inline(__always)
    func dice(_ left: Int32, _ right: Int32) -> Float {
        let common = filters.withUnsafeBufferPointer { all in
            let a = all.baseAddress! + Int(left) * words, b = all.baseAddress! + Int(right) * words
            return (0..<(words / 4)).reduce(UInt32(0)) { $0 + cpop_and4(a + 4 * $1, b + 4 * $1) }
        }
        let all = bits[Int(left)] + bits[Int(right)]
        return all == 0 ? 0 : 2 * Float(common) / Float(all)
    }
}
