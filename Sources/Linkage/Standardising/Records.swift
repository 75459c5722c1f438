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

    init(_ table: RawTable) {
        self.table = table
        count = table.count
        let types = table.schema.fields.map(\.type)
        width = types.count
        rows = .allocate(capacity: max(1, count * width))
        let isLatin = table.isLatin.contains(true) && !table.isLatin.contains(false)
        let names = Interner(expecting: 1 << 16)
        var standards: [Standardiser] = [], interners: [Interner] = []
        for (field, type) in types.enumerated() {
            let values = type.isName ? names : Interner(expecting: table.values[field].count)
            standards.append(Standardiser(type, table.values[field], isLatin: isLatin, into: values))
            interners.append(values)
        }
        let middle = types.firstIndex(of: .middleName), cells = table.cells
        for field in 0..<width {
            let map = standards[field].standard
            for record in 0..<count { rows[record * width + field] = map[Int(cells[record * width + field])] }
        }
        // A second forename in the forename's column is a middle name where that column has none.
        if let middle, let first = types.firstIndex(of: .forename), let second = standards[first].second {
            for record in 0..<count where rows[record * width + middle] == 0 {
                rows[record * width + middle] = second[Int(cells[record * width + first])]
            }
        }
        forms = NameForms(names)
        for field in 0..<width {
            fields.append(Field(column: table.schema.fields[field].column, type: types[field], values: interners[field],
                counts: [UInt32](repeating: 0, count: interners[field].count + 1)))
            weigh(field)
        }
        table.forgetValues()
    }

    deinit { rows.deallocate() }

    @inline(__always)
    func value(_ record: Int, _ field: Int) -> Int { Int(rows[record * width + field] & Self.idMask) }

    /// Counts values, and marks each record's value with its class of rarity: sixteen, even in bits of information.
    private func weigh(_ number: Int) {
        var field = fields[number]
        for record in 0..<count { field.counts[Int(rows[record * width + number])] += 1 }
        field.present = count - Int(field.counts[0])
        let present = Double(max(1, field.present))
        let most = field.counts.dropFirst().max() ?? 1, fewest = field.counts.dropFirst().filter { $0 > 0 }.min() ?? 1
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
        for record in 0..<count { rows[record * width + number] |= rarities[Int(rows[record * width + number])] }
        if field.type == .date {
            field.dates = field.counts.indices.map { id in
                field.values.value(id).reduce(0) { $0 << 8 | UInt32($1) }
            }
        }
        if field.type == .nhsNumber {
            field.areValid = field.counts.indices.map { Codes.isValidNHSNumber(field.values.value($0)) }
        }
        fields[number] = field
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
