/// The keys of every record under every rule: 32 bits, 0 where it has none. Made of values, never of numbers that
/// depend on the order of rows; that two keys are alike by chance costs a comparison, nothing else.
final class BlockKeys: @unchecked Sendable {
    let rules: [BlockingRule]
    let count: Int
    /// A record's keys beside each other.
    let keys: UnsafeMutablePointer<UInt32>
    private let tables: [[Table]]

    /// For a part of a rule: the field it stands in and a hash by value; 0 leaves the record out.
    private struct Table {
        let field: Int
        let hashes: [UInt32]
        var other: Int?
    }

    init(_ records: Records, _ rules: [BlockingRule]) {
        self.rules = rules
        count = rules.count
        keys = .allocate(capacity: max(1, records.count * rules.count))
        var known: [String: [UInt32]] = [:]
        tables = rules.map { rule in
            rule.parts.map { part in
                let label = Self.label(part, records)
                let hashes = known[label] ?? Self.hashes(part, records)
                known[label] = hashes
                if case .eitherOrder(let one, let other) = part {
                    return Table(field: one, hashes: hashes, other: other)
                }
                return Table(field: Self.field(part), hashes: hashes)
            }
        }
    }

    deinit { keys.deallocate() }

    /// Works out the keys of one rule.
    func fill(_ rule: Int, _ records: Records) {
        let salt = UInt64(rule + 1) << 40
        let width = records.width, rows = records.rows
        for record in 0..<records.count {
            let row = rows + record * width
            var hash = salt, isMissing = false
            for part in tables[rule] {
                let value = part.hashes[Int(row[part.field] & Records.idMask)]
                if value == 0 {
                    isMissing = true
                    break
                }
                if let other = part.other {
                    let second = part.hashes[Int(row[other] & Records.idMask)]
                    if second == 0 || second == value {
                        isMissing = true
                        break
                    }
                    hash = hash &* 0x9e37_79b9_7f4a_7c15 ^ UInt64(min(value, second)) << 32 ^ UInt64(max(value, second))
                } else {
                    hash = hash &* 0x9e37_79b9_7f4a_7c15 ^ UInt64(value)
                }
            }
            keys[record * count + rule] = isMissing ? 0 : max(1, UInt32(truncatingIfNeeded: mixed(hash) >> 16))
        }
    }

    private static func field(_ part: BlockingRule.Part) -> Int {
        switch part {
        case .value(let field), .sound(let field), .root(let field), .initial(let field), .year(let field),
            .dayMonth(let field), .outward(let field), .eitherOrder(let field, _): field
        }
    }

    /// What a part looks up, once for all rules that do so.
    private static func label(_ part: BlockingRule.Part, _ records: Records) -> String {
        let field = field(part)
        // Names share their values.
        let place = records.fields[field].type.isName ? "name" : String(field)
        switch part {
        case .value: return "value \(place)"
        case .sound, .eitherOrder: return "sound \(place)"
        case .root: return "root \(place)"
        case .initial: return "initial \(place)"
        case .year: return "year \(place)"
        case .dayMonth: return "day \(place)"
        case .outward: return "outward \(place)"
        }
    }

    private static func hashes(_ part: BlockingRule.Part, _ records: Records) -> [UInt32] {
        let field = records.fields[field(part)], forms = records.forms
        switch part {
        case .sound, .eitherOrder: return forms.sounds
        case .root: return forms.roots
        case .initial: return forms.initials.map { UInt32($0) }
        case .year: return field.dates.map { $0 >> 16 }
        case .dayMonth:
            return field.dates.map { date in
                let (month, day) = (date >> 8 & 255, date & 255)
                return date == 0 || (month == 1 && day == 1) ? 0 : min(month, day) << 8 | max(month, day)
            }
        case .outward:
            return field.counts.indices.map { id in
                let bytes = field.values.value(id), count = bytes.count >= 5 ? bytes.count - 3 : bytes.count
                return count == 0 ? 0 : hash32(bytes, 0..<count)
            }
        case .value:
            return field.counts.indices.map { id in
                let bytes = field.values.value(id)
                return id == 0 ? 0 : hash32(bytes, 0..<bytes.count)
            }
        }
    }
}
