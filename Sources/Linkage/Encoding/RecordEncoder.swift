/// Encodes records one after another. Tables are made from the key once; a record costs look-ups, and a keyed hash for
/// each of its tokens that isn't in a table.
struct RecordEncoder {
    let mode: EncodingMode
    private(set) var rows: EncodedRows
    private(set) var profile = EncodedProfile.Counts()

    private let names: EncodedMasks, dates: EncodedMasks, postcodes: EncodedMasks, sexes: EncodedMasks
    private let parts: EncodedHash, group: EncodedHash, nhs: EncodedHash, phone: EncodedHash, record: EncodedHash
    private let rules: [(rule: EncodingPlan.Rule, hash: EncodedHash)]
    private let surnameShift: Int
    private let firstRule: Int

    private var forename = EncodedText.Name(), middle = EncodedText.Name(), surname = EncodedText.Name()
    private var long = [UInt64](repeating: 0, count: EncodingPlan.recordBits / 64)

    /// One record's fields as they stand in a file; nil where there is no such column.
    struct Fields {
        var record, forename, middle, surname, birth, sex, postcode, nhs, phone: UnsafeBufferPointer<UInt8>?
        var agency: UInt8 = 0
        var agencyName: UInt64 = 0
        /// From 0, for records without a number of their own.
        var row = 0
    }

    init(_ key: EncodingKey, _ mode: EncodingMode, room: Int) {
        self.mode = mode
        let isField = mode == .field, bits = isField ? 256 : EncodingPlan.recordBits
        func masks(_ field: String, _ tokens: Int, _ count: Int) -> EncodedMasks {
            EncodedMasks(key, "\(mode.name) \(field)", tokens: tokens, count: count, bits: bits)
        }
        let whole = EncodingPlan.wholeBits, field = EncodingPlan.fieldBits
        // In a record's filter each name has bits of its own; fields apart share a table, to be compared crosswise.
        names = masks("name", EncodingPlan.nameTokens * (isField ? 1 : 2), isField ? field.name : whole.name)
        dates = masks("birth", EncodingPlan.dateTokens, isField ? field.date : whole.date)
        postcodes = masks("postcode", EncodingPlan.postcodeTokens, isField ? field.postcode : whole.postcode)
        sexes = masks("sex", 2, whole.sex)
        surnameShift = isField ? 0 : EncodingPlan.nameTokens
        func hash(_ purpose: String) -> EncodedHash { EncodedHash(key.derived("\(mode.name) \(purpose)")) }
        parts = hash("postcode parts")
        group = hash("forename group")
        nhs = hash("NHS number")
        phone = hash("phone")
        record = EncodedHash(key.derived("record"))
        rules = EncodingPlan.Rule.of(mode).map { ($0, hash("block \($0)")) }
        let columns = EncodingPlan.columns(mode)
        firstRule = columns.count - rules.count
        rows = EncodedRows(columns, room: room)
        _ = EncodedForenames.representative.count
    }

    mutating func add(_ fields: Fields) {
        Self.read(fields.forename, into: &forename, &profile.forename)
        Self.read(fields.middle, into: &middle, &profile.middle)
        Self.read(fields.surname, into: &surname, &profile.surname)
        let birth = birth(fields.birth)
        let sex = profile.sex.note(fields.sex, fields.sex.flatMap(Self.sex))
        let postcode = profile.postcode.note(fields.postcode, fields.postcode.flatMap(EncodedText.postcode))
        let nhsNumber = profile.nhs.note(fields.nhs, fields.nhs.flatMap(EncodedText.nhsNumber))
        let phoneNumber = profile.phone.note(fields.phone, fields.phone.flatMap(EncodedText.phone))
        profile.records += 1
        let first = EncodedForenames.representative[forename.packed] ?? forename.packed
        let own = fields.record.map { record($0) }
        rows.add(0, record(fields.agencyName, own ?? UInt64(fields.row), own == nil ? 1 : 0))
        rows.add(1, fields.agency)
        var known: UInt8 = forename.isEmpty ? 0 : 1
        if !middle.isEmpty { known |= 2 }
        if !surname.isEmpty { known |= 4 }
        if birth != nil { known |= 8 }
        if postcode != nil { known |= 16 }
        var column = 2
        if mode == .field {
            rows.add(2, filter(forename))
            rows.add(3, filter(middle))
            rows.add(4, filter(surname))
            rows.add(5, filter(birth))
            rows.add(6, filter(postcode))
            rows.add(7, forename.isEmpty ? 0 : group(first) | 1)
            column = 8
        } else {
            let folded = folded(birth, postcode, sex)
            folded.withUnsafeBufferPointer { rows.add(2, $0) }
            column = 3
        }
        rows.add(column, known)
        rows.add(column + 1, sex ?? 0)
        rows.add(column + 2, nhsNumber.map { nhs($0) | 1 } ?? 0)
        rows.add(column + 3, phoneNumber.map { phone($0) | 1 } ?? 0)
        let keys = EncodedBlockKeys(
            first: first == 0 ? 0 : EncodedForenames.sound(first), forename: first,
            surname: surname.isEmpty ? 0 : EncodedForenames.sound(surname.packed), birth: birth, postcode: postcode,
            nhs: nhsNumber, phone: phoneNumber)
        for (place, rule) in rules.enumerated() {
            let value = keys.value(rule.rule).map { rule.hash($0.0, $0.1, $0.2) }
            // 0 says that the rule makes nothing of this record.
            rows.add(firstRule + place, value.map { UInt32(truncatingIfNeeded: $0 >> 32) | 1 } ?? 0)
        }
        rows.endRecord()
    }

    // MARK: What is read

    private static func read(
        _ bytes: UnsafeBufferPointer<UInt8>?, into name: inout EncodedText.Name,
        _ counts: inout EncodedProfile.Counts.Field
    ) {
        guard let bytes, bytes.contains(where: { $0 != 0x20 }) else {
            name.clear()
            if bytes != nil { counts.missing += 1 }
            return
        }
        EncodedText.read(bytes, into: &name)
        // "Mrs Susan": a title is no name.
        if let space = bytes.firstIndex(where: { $0 == 0x20 || $0 == 0x2e }), space <= 5, space + 1 < bytes.count {
            var start = EncodedText.Name()
            EncodedText.read(UnsafeBufferPointer(rebasing: bytes[..<space]), into: &start)
            if EncodedForenames.titles.contains(start.packed) {
                EncodedText.read(UnsafeBufferPointer(rebasing: bytes[(space + 1)...]), into: &name)
            }
        }
        if name.isEmpty {
            counts.unreadable += 1
        } else if EncodedForenames.unknown.contains(name.packed) {
            name.clear()
            counts.unknown += 1
        }
    }

    private mutating func birth(_ bytes: UnsafeBufferPointer<UInt8>?) -> EncodedDate? {
        guard let date = profile.birth.note(bytes, bytes.flatMap(EncodedDate.init)) else { return nil }
        if date.isNewYear { profile.newYears += 1 }
        guard date.isDefault else { return date }
        profile.birth.unknown += 1
        return nil
    }

    private static func sex(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt8? {
        switch bytes.first(where: { $0 != 0x20 }).map({ $0 | 0x20 }) {
        // f, w(oman), 2 as the NHS has it; m, 1.
        case 0x66, 0x77, 0x32: 1
        case 0x6d, 0x31: 2
        default: nil
        }
    }
}

// MARK: Filters

extension RecordEncoder {
    @inline(__always)
    private func filter(_ name: EncodedText.Name) -> SIMD4<UInt64> {
        var filter = SIMD4<UInt64>()
        guard name.codes.count > 1 else { return filter }
        for place in 1..<name.codes.count {
            filter |= names.masks[Int(name.codes[place - 1]) * 27 + Int(name.codes[place])]
        }
        return filter
    }

    private func filter(_ date: EncodedDate?) -> SIMD4<UInt64> {
        var filter = SIMD4<UInt64>()
        guard let date else { return filter }
        Self.tokens(date) { filter |= dates.masks[$0] }
        return filter
    }

    private func filter(_ postcode: EncodedText.Postcode?) -> SIMD4<UInt64> {
        var filter = SIMD4<UInt64>()
        guard let postcode else { return filter }
        Self.tokens(postcode) { filter |= postcodes.masks[$0] }
        Self.parts(postcode) { length in
            var bits = parts(postcode.packed(length), UInt64(length))
            for _ in 0..<EncodingPlan.partBits {
                filter[Int(bits >> 6 & 3)] |= 1 << (bits & 63)
                bits >>= 8
            }
        }
        return filter
    }

    private static func tokens(_ date: EncodedDate, _ body: (Int) -> Void) {
        typealias Plan = EncodingPlan
        let year = date.year - EncodedDate.years.lowerBound
        var start = 0
        body(date.day - 1)
        start += Plan.dayTokens
        body(start + date.month - 1)
        start += Plan.monthTokens
        body(start + year)
        start += Plan.yearTokens
        body(start + year / 10)
        start += Plan.decadeTokens
        body(start + date.year % 10)
        start += Plan.lastTokens
        body(start + (min(date.day, date.month) - 1) * 31 + max(date.day, date.month) - 1)
    }

    private static func tokens(_ postcode: EncodedText.Postcode, _ body: (Int) -> Void) {
        var last = 0
        for place in 0..<postcode.count {
            body(last * 37 + Int(postcode.codes[place]))
            last = Int(postcode.codes[place])
        }
        body(last * 37)
    }

    /// Lengths of outward part, sector and whole.
    private static func parts(_ postcode: EncodedText.Postcode, _ body: (Int) -> Void) {
        body(postcode.outward)
        if postcode.isWhole {
            body(postcode.outward + 1)
            body(postcode.count)
        }
    }

    /// All fields in 2,048 bits, folded: its halves added bit by bit without carry, so that a bit says of no single
    /// token whether it is there.
    private mutating func folded(_ birth: EncodedDate?, _ postcode: EncodedText.Postcode?, _ sex: UInt8?) -> [UInt64] {
        for place in long.indices { long[place] = 0 }
        set(names, forename, 0)
        set(names, surname, surnameShift)
        if let birth { Self.tokens(birth) { token in set(dates, token) } }
        if let postcode {
            Self.tokens(postcode) { token in set(postcodes, token) }
            Self.parts(postcode) { length in
                for half in 0..<UInt64(2) {
                    var bits = parts(postcode.packed(length), UInt64(length), half)
                    for _ in 0..<EncodingPlan.partBits / 2 {
                        long[Int(bits >> 6 & 31)] |= 1 << (bits & 63)
                        bits >>= 11
                    }
                }
            }
        }
        if let sex { set(sexes, Int(sex) - 1) }
        let half = long.count / 2
        return (0..<half).map { long[$0] ^ long[$0 + half] }
    }

    private mutating func set(_ masks: EncodedMasks, _ name: EncodedText.Name, _ shift: Int) {
        guard name.codes.count > 1 else { return }
        for place in 1..<name.codes.count {
            set(masks, shift + Int(name.codes[place - 1]) * 27 + Int(name.codes[place]))
        }
    }

    @inline(__always)
    private mutating func set(_ masks: EncodedMasks, _ token: Int) {
        for place in (token * masks.count)..<((token + 1) * masks.count) {
            let position = masks.positions[place]
            long[Int(position >> 6)] |= 1 << UInt64(position & 63)
        }
    }
}
