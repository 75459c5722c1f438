import Foundation

/// Compares two records in all fields: 64 bits, five for each field, a level in each.
///
/// One for each thread: it remembers the values it has compared.
final class Comparer {
    private let records: Records
    private let rows: UnsafeMutablePointer<UInt32>
    private let width: Int
    private let strings = StringComparer()
    /// Numbers of two values and their level; a later pair takes the place of an earlier one.
    private let memo: UnsafeMutablePointer<UInt64>
    private let memoBits: UInt64
    private let forename: Int
    private let surname: Int
    private let middle: Int
    private let forms: NameForms
    private let columns: UnsafeMutablePointer<Column>

    /// A field's values as they lie in memory.
    private struct Column {
        let type: FieldType
        let pool: UnsafePointer<UInt8>
        let ends: UnsafePointer<UInt32>
        /// Packed dates by number.
        let dates: UnsafeMutablePointer<UInt32>?

        @inline(__always)
        func value(_ id: Int) -> UnsafeBufferPointer<UInt8> {
            let start = Int(ends[id - 1])
            return UnsafeBufferPointer(start: pool + start, count: Int(ends[id]) - start)
        }
    }

    init(_ records: Records) {
        self.records = records
        rows = records.rows
        width = records.width
        let types = records.fields.map(\.type)
        memoBits = records.count < 20_000 ? 12 : 15
        // Zeroed by the system, page by page as they are used.
        memo = calloc(1 << Int(memoBits), 8)!.bindMemory(to: UInt64.self, capacity: 1 << Int(memoBits))
        forename = types.firstIndex(of: .forename) ?? -1
        surname = types.firstIndex(of: .surname) ?? -1
        middle = types.firstIndex(of: .middleName) ?? -1
        forms = records.forms
        columns = .allocate(capacity: width)
        for (at, field) in records.fields.enumerated() {
            var dates: UnsafeMutablePointer<UInt32>?
            if !field.dates.isEmpty {
                dates = .allocate(capacity: field.dates.count)
                dates?.initialize(from: field.dates, count: field.dates.count)
            }
            let (pool, ends) = field.values.storage
            (columns + at).initialize(to: Column(type: field.type, pool: pool, ends: ends, dates: dates))
        }
    }

    deinit {
        free(memo)
        for field in 0..<width { columns[field].dates?.deallocate() }
        columns.deallocate()
    }

    func compare(_ one: Int, _ other: Int) -> UInt64 {
        let a = rows + one * width, b = rows + other * width
        var pattern: UInt64 = 0
        for field in 0..<width {
            let x = a[field], y = b[field]
            if x == 0 || y == 0 { continue }
            let level: Int
            if x == y {
                level = Level.same + Int(x >> Records.rarityShift)
            } else {
                level = differing(field, Int(x & Records.idMask), Int(y & Records.idMask))
            }
            pattern |= UInt64(level) << UInt64(field * 5)
        }
        return forename >= 0 ? across(a, b, pattern) : pattern
    }

    /// Names that stand in another field: forename and surname swapped, a middle name that somebody goes by.
    private func across(
        _ a: UnsafeMutablePointer<UInt32>, _ b: UnsafeMutablePointer<UInt32>, _ pattern: UInt64
    ) -> UInt64 {
        let level = Int(pattern >> UInt64(forename * 5)) & 31
        if level >= Level.Name.oneEdit, level != Level.Name.otherInitial { return pattern }
        let mask = Records.idMask
        let first = a[forename] & mask, second = b[forename] & mask
        var cleared = pattern & ~(31 << UInt64(forename * 5))
        if surname >= 0 {
            let crossed = crossing(first, second, a[surname] & mask, b[surname] & mask)
            if crossed != 0 {
                cleared &= ~(31 << UInt64(surname * 5))
                return cleared | UInt64(crossed) << UInt64(forename * 5)
            }
        }
        if middle >= 0, level != 0 {
            let one = a[middle] & mask, other = b[middle] & mask
            if (one != 0 && one == second) || (other != 0 && other == first) {
                return cleared | UInt64(Level.Name.middle) << UInt64(forename * 5)
            }
        }
        return pattern
    }

    /// Whether forename and surname have changed places: both, spelt as they may be, or one alone.
    private func crossing(_ first: UInt32, _ second: UInt32, _ one: UInt32, _ other: UInt32) -> Int {
        let ahead = first != 0 && first == other, back = second != 0 && second == one
        if ahead || back {
            if ahead && back || (ahead && (one == 0 || second == 0)) || (back && (first == 0 || other == 0)) {
                return Level.Name.crossed
            }
        }
        if first == 0 || second == 0 || one == 0 || other == 0 { return 0 }
        if !ahead, !back, forms.initials[Int(first)] != forms.initials[Int(other)] { return 0 }
        let isAhead = ahead || isNearly(first, other), isBack = back || isNearly(second, one)
        if isAhead && isBack { return Level.Name.crossed }
        return ahead || back ? Level.Name.halfCrossed : 0
    }

    private func isNearly(_ x: UInt32, _ y: UInt32) -> Bool {
        let one = columns[forename].value(Int(x)), other = columns[forename].value(Int(y))
        if min(one.count, other.count) < 3 { return false }
        return StringComparer.isWithinOne(one, other) || strings.likeness(one, other) >= 0.9
    }

    private func differing(_ field: Int, _ x: Int, _ y: Int) -> Int {
        let column = columns + field
        switch column.pointee.type {
        case .sex, .category: return Level.different
        case .date:
            guard let dates = column.pointee.dates else { return Level.different }
            return Self.dates(dates[x], dates[y])
        // Worked out sooner than remembered.
        case .postcode: return postcodes(column.pointee.value(x), column.pointee.value(y))
        case .phone:
            return StringComparer.isWithinOne(column.pointee.value(x), column.pointee.value(y))
                ? Level.Number.oneEdit : Level.different
        case .nhsNumber: return nhsNumbers(field, x, y)
        case .forename, .surname, .middleName, .identifier, .address, .text: break
        }
        let low = UInt64(min(x, y)), high = UInt64(max(x, y))
        let key = (low << 31 | high << 4 | UInt64(field)) << 5
        let slot = Int((key &* 0x9e37_79b9_7f4a_7c15) >> (64 - memoBits))
        if memo[slot] & ~31 == key { return Int(memo[slot] & 31) }
        let level = worked(column.pointee, Int(low), Int(high))
        memo[slot] = key | UInt64(level)
        return level
    }

    private func worked(_ column: Column, _ x: Int, _ y: Int) -> Int {
        let one = column.value(x), other = column.value(y)
        switch column.type {
        case .forename, .middleName: return names(x, y, one, other, isForename: true)
        case .surname: return names(x, y, one, other, isForename: false)
        case .identifier:
            if StringComparer.isWithinOne(one, other) { return Level.Number.oneEdit }
            return strings.distance(one, other) == 2 ? Level.Number.twoEdits : Level.different
        default: return texts(one, other)
        }
    }

    private func nhsNumbers(_ field: Int, _ x: Int, _ y: Int) -> Int {
        let bothRight = records.fields[field].areValid[x] && records.fields[field].areValid[y]
        if StringComparer.isWithinOne(columns[field].value(x), columns[field].value(y)) {
            return bothRight ? Level.Number.oneEditBothRight : Level.Number.oneEdit
        }
        return bothRight ? Level.different : Level.Number.oneWrong
    }

    private func names(
        _ x: Int, _ y: Int, _ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>, isForename: Bool
    ) -> Int {
        let shorter = min(one.count, other.count)
        if shorter == 1 { return one[0] == other[0] ? Level.Name.initial : Level.Name.otherInitial }
        if isForename, forms.isRelated(x, y) { return Level.Name.related }
        if !isForename, forms.sharesPart(x, y) { return Level.Name.part }
        let likeness = strings.likeness(one, other)
        if likeness < 0.7 { return Level.different }
        if shorter >= 3, StringComparer.isWithinOne(one, other) { return Level.Name.oneEdit }
        if forms.sounds[x] == forms.sounds[y] { return Level.Name.soundsAlike }
        if isForename, shorter >= 3, (0..<shorter).allSatisfy({ one[$0] == other[$0] }) { return Level.Name.beginning }
        if likeness >= 0.92 { return Level.Name.veryLike }
        return likeness >= 0.84 ? Level.Name.like : likeness >= 0.75 ? Level.Name.farLike : Level.different
    }

    private func postcodes(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Int {
        let (few, many) = one.count < other.count ? (one, other) : (other, one)
        if few.count >= 5, StringComparer.isWithinOne(one, other) { return Level.Postcode.oneEdit }
        let outward = many.count >= 5 ? many.count - 3 : many.count
        if few.count < 5 {
            return few.count == outward && few.elementsEqual(many.prefix(outward))
                ? Level.Postcode.outward : Level.different
        }
        return few.count - 3 == outward && few.prefix(outward).elementsEqual(many.prefix(outward))
            ? Level.Postcode.area : Level.different
    }

    private func texts(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Int {
        let likeness = strings.likeness(one, other), shorter = min(one.count, other.count)
        if shorter >= 3, StringComparer.isWithinOne(one, other) { return Level.Text.oneEdit }
        if likeness >= 0.92 { return Level.Text.veryLike }
        if likeness >= 0.84 { return Level.Text.like }
        let words = Set(one.split(separator: 32).map(Array.init))
        let others = Set(other.split(separator: 32).map(Array.init))
        let common = words.intersection(others).filter { $0.count > 2 }.count
        if common > 0, common * 2 >= min(words.count, others.count) { return Level.Text.words }
        return likeness >= 0.74 ? Level.Text.farLike : Level.different
    }

    /// Two packed dates that differ.
    static func dates(_ one: UInt32, _ other: UInt32) -> Int {
        let (year, month, day) = (Int(one >> 16), Int(one >> 8 & 255), Int(one & 255))
        let (year2, month2, day2) = (Int(other >> 16), Int(other >> 8 & 255), Int(other & 255))
        let gap = abs(year - year2)
        if gap == 0 {
            if month == day2, day == month2 { return Level.Date.swapped }
            if (month == 1 && day == 1) || (month2 == 1 && day2 == 1) { return Level.Date.placeholder }
            if month == month2 {
                let days = abs(day - day2)
                return days == 1 || days == 10 ? Level.Date.nearDay : Level.Date.otherDay
            }
            return day == day2 ? Level.Date.otherMonth : Level.Date.sameYear
        }
        if month == month2, day == day2 {
            return gap == 1 || gap == 10 ? Level.Date.nearYear : Level.Date.sameDayAndMonth
        }
        return gap >= 16 ? Level.different : Level.Date.years
    }
}
