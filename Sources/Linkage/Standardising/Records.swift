import Foundation

/// Records ready to be compared: a number for each field, with how rare its value is beside it.
final class Records: @unchecked Sendable {
    /// A field that is compared, with its distinct values.
    struct Field {
        let column: String
        let type: FieldType
        let values: Interner
        /// Records with each value.
        var counts: [UInt32]
        /// Dates only: the packed date by number.
        var dates: [UInt32] = []
        /// NHS numbers only: whether the check digit is right.
        var areValid: [Bool] = []
        /// The share of records with a value that fall into each class of rarity, and the chance that two records at
        /// random have the same value of that class.
        var shares = [Double](repeating: 0, count: 16)
        var chances = [Double](repeating: 0, count: 16)
        /// Records that have a value.
        var present = 0
    }

    static let rarityShift: UInt32 = 27
    static let idMask: UInt32 = (1 << 27) - 1

    let table: RawTable
    private(set) var fields: [Field] = []
    let forms: NameForms
    let count: Int
    let width: Int
    /// A record's values, one beside the other: the rarity in the upper five bits, the number below.
    let rows: UnsafeMutablePointer<UInt32>

    init(_ table: RawTable, threads: Int = 1) {
        self.table = table
        count = table.count
        let types = table.schema.fields.map(\.type)
        width = types.count
        rows = .allocate(capacity: max(1, count * width))
        let isLatin = table.isLatin.contains(true) && !table.isLatin.contains(false)
        let written = table.values, names = Interner(expecting: 1 << 16)
        let interners = types.indices.map {
            types[$0].isName ? names : Interner(expecting: written[$0].count)
        }
        // Names share their values and are one part of the work.
        let others = types.indices.filter { !types[$0].isName }
        let parts = [types.indices.filter { types[$0].isName }] + others.map { [$0] }
        let done = Parallel.map(parts.count, threads: threads) { part in
            parts[part].map { Standardiser(types[$0], written[$0], isLatin: isLatin, into: interners[$0]) }
        }
        var standards = [Standardiser?](repeating: nil, count: width)
        for (part, some) in zip(parts, done) { for (field, one) in zip(part, some) { standards[field] = one } }
        forms = NameForms(names)
        fields = types.indices.map { field in
            Field(
                column: table.schema.fields[field].column, type: types[field], values: interners[field],
                counts: [UInt32](repeating: 0, count: interners[field].count + 1))
        }
        place(standards.map { $0! })
        let marks = fields.indices.map { weigh($0) }
        mark(marks)
        table.forgetValues()
    }

    /// Puts each record's values beside each other, and counts them.
    private func place(_ standards: [Standardiser]) {
        let cells = table.cells, maps = standards.map { Self.copied($0.standard) }
        let counts = fields.map { Self.copied($0.counts) }
        for record in 0..<count {
            for field in 0..<width {
                rows[record * width + field] = maps[field][Int(cells[record * width + field])]
            }
        }
        // A second forename in the forename's column is a middle name where that column has none.
        if let middle = fields.firstIndex(where: { $0.type == .middleName }),
            let first = fields.firstIndex(where: { $0.type == .forename }), let second = standards[first].second {
            for record in 0..<count where rows[record * width + middle] == 0 {
                rows[record * width + middle] = second[Int(cells[record * width + first])]
            }
        }
        for record in 0..<count {
            for field in 0..<width { counts[field][Int(rows[record * width + field])] += 1 }
        }
        for field in 0..<width {
            for id in fields[field].counts.indices { fields[field].counts[id] = counts[field][id] }
            maps[field].deallocate()
            counts[field].deallocate()
        }
    }

    private static func copied(_ values: [UInt32]) -> UnsafeMutablePointer<UInt32> {
        let copy = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, values.count))
        copy.initialize(from: values, count: values.count)
        return copy
    }

    /// Marks each record's values with their classes of rarity.
    private func mark(_ marks: [[UInt32]]) {
        let marks = marks.map(Self.copied)
        for record in 0..<count {
            for field in 0..<width {
                let at = record * width + field
                rows[at] |= marks[field][Int(rows[at])]
            }
        }
        for one in marks { one.deallocate() }
    }

    deinit { rows.deallocate() }

    @inline(__always)
    func value(_ record: Int, _ field: Int) -> Int { Int(rows[record * width + field] & Self.idMask) }

    /// Classes of rarity by value: sixteen, even in bits of information.
    private func weigh(_ number: Int) -> [UInt32] {
        var field = fields[number]
        field.present = count - Int(field.counts[0])
        let present = Double(max(1, field.present))
        var most: UInt32 = 1, fewest = UInt32.max
        for count in field.counts.dropFirst() where count > 0 {
            (most, fewest) = (max(most, count), min(fewest, count))
        }
        if fewest == .max { fewest = 1 }
        let low = log2(present / Double(max(1, most))), high = log2(present / Double(max(1, fewest)))
        let step = max(0.25, (high - low) / 16)
        var rarities = [UInt32](repeating: 0, count: field.counts.count)
        for id in field.counts.indices.dropFirst() where field.counts[id] > 0 {
            // Whole numbers until the end: sums don't depend on the order of values.
            let number = Double(field.counts[id])
            let rarity = min(15, Int((log2(present / number) - low) / step + 1e-9))
            rarities[id] = UInt32(rarity) << Self.rarityShift
            field.shares[rarity] += number
            field.chances[rarity] += number * number
        }
        for rarity in 0..<16 {
            field.shares[rarity] /= present
            field.chances[rarity] /= present * present
        }
        if field.type == .date {
            field.dates = field.counts.indices.map { id in
                field.values.value(id).reduce(0) { $0 << 8 | UInt32($1) }
            }
        }
        if field.type == .nhsNumber {
            field.areValid = field.counts.indices.map { Codes.isValidNHSNumber(field.values.value($0)) }
        }
        fields[number] = field
        return rarities
    }
}

extension Records {
    /// A number for a record that depends on its name alone.
    func hash(_ record: Int) -> UInt64 {
        let bytes = table.bytes(of: record)
        if let start = bytes.baseAddress, !bytes.isEmpty { return hashBytes(start, bytes.count) }
        let name = table.names[record]
        return mixed(UInt64(name.file) << 32 | UInt64(name.start))
    }
}
