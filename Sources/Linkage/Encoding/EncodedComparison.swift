/// How two encoded records compare, as one number: a level for each field, four bits each. 0 says that a field is
/// missing on either side. The same form as clear records' patterns, so that one model learns from either.
public struct EncodedComparison: Sendable {
    /// A field's levels, the best first, after "missing".
    struct Field: Sendable {
        let name: String
        let levels: [String]
    }

    static func fields(_ mode: EncodingMode) -> [Field] {
        let own: [Field] = mode == .record
            ? [Field(name: "filter", levels: (0..<14).map { "at least \(cuts[$0])" })]
            : [
                Field(name: "forename", levels: ["same", "same group", "much alike", "alike", "crosswise", "other"]),
                Field(name: "surname", levels: ["same", "much alike", "alike", "other"]),
                Field(name: "birth", levels: ["same", "one part", "year", "other"]),
                Field(name: "postcode", levels: ["same", "much alike", "alike", "other"]),
                Field(name: "middle", levels: ["same", "other"]),
            ]
        return own + [
            Field(name: "sex", levels: ["same", "other"]), Field(name: "nhs", levels: ["same", "other"]),
            Field(name: "phone", levels: ["same", "other"]),
        ]
    }

    /// Of a record's whole filter.
    static let cuts: [Float] = [0.97, 0.93, 0.9, 0.87, 0.84, 0.81, 0.78, 0.75, 0.72, 0.69, 0.66, 0.62, 0.58, 0]

    private let set: EncodedSet
    private let forename: EncodedField?, surname: EncodedField?, middle: EncodedField?
    private let birth: EncodedField?, postcode: EncodedField?, filter: EncodedField?

    public init(_ set: EncodedSet) {
        self.set = set
        (forename, surname, middle) = (set.fields["forename"], set.fields["surname"], set.fields["middle"])
        (birth, postcode, filter) = (set.fields["birth"], set.fields["postcode"], set.fields["filter"])
    }

    /// The pattern of two records.
    public func pattern(_ left: Int, _ right: Int) -> UInt32 {
        var pattern: UInt32 = 0, place: UInt32 = 0
        func put(_ level: UInt32) {
            pattern |= level << place
            place += 4
        }
        if let filter {
            let dice = filter.ids[left] == filter.ids[right] ? 1 : filter.dice(filter.ids[left], filter.ids[right])
            put(UInt32(Self.cuts.firstIndex { dice >= $0 } ?? 13) + 1)
        } else {
            put(names(left, right))
            put(level(surname, left, right, 0.7, 0.5))
            put(level(birth, left, right, 0.68, 0.54))
            put(level(postcode, left, right, 0.6, 0.4))
            put(middleNames(left, right))
        }
        put(same(set.sex[left], set.sex[right]))
        put(same(set.nhs[left], set.nhs[right]))
        put(same(set.phone[left], set.phone[right]))
        return pattern
    }

    @inline(__always)
    private func same<Value: FixedWidthInteger>(_ left: Value, _ right: Value) -> UInt32 {
        left == 0 || right == 0 ? 0 : left == right ? 1 : 2
    }

    @inline(__always)
    private func level(_ field: EncodedField?, _ left: Int, _ right: Int, _ high: Float, _ low: Float) -> UInt32 {
        guard let field else { return 0 }
        let a = field.ids[left], b = field.ids[right]
        if a < 0 || b < 0 { return 0 }
        if a == b { return 1 }
        let dice = field.dice(a, b)
        return dice >= high ? 2 : dice >= low ? 3 : 4
    }

    private func names(_ left: Int, _ right: Int) -> UInt32 {
        guard let forename, let surname, let middle else { return 0 }
        let a = forename.ids[left], b = forename.ids[right]
        if a < 0 || b < 0 { return 0 }
        if a == b { return 1 }
        if set.group[left] == set.group[right] { return 2 }
        let dice = forename.dice(a, b)
        if dice >= 0.7 { return 3 }
        if dice >= 0.5 { return 4 }
        // Known by the middle name, or first and last name changed round.
        if cross(forename, a, middle, middle.ids[right]) || cross(forename, b, middle, middle.ids[left])
            || cross(forename, a, surname, surname.ids[right]) && cross(forename, b, surname, surname.ids[left]) {
            return 5
        }
        return 6
    }

    private func cross(_ one: EncodedField, _ a: Int32, _ other: EncodedField, _ b: Int32) -> Bool {
        guard a >= 0, b >= 0 else { return false }
        return (0..<4).allSatisfy { one.filters[Int(a) * 4 + $0] == other.filters[Int(b) * 4 + $0] }
    }

    private func middleNames(_ left: Int, _ right: Int) -> UInt32 {
        guard let middle else { return 0 }
        let a = middle.ids[left], b = middle.ids[right]
        return a < 0 || b < 0 ? 0 : a == b || middle.dice(a, b) >= 0.6 ? 1 : 2
    }

    /// How rare what both have is, against the field's mean: in powers of two, to be added to the weight of "same".
    func rarity(_ pattern: UInt32, _ left: Int, _ means: [Float]) -> Float {
        guard let forename, let surname else { return 0 }
        var sum: Float = 0
        if pattern & 15 == 1 || pattern & 15 == 2 {
            sum += means[0] - Self.frequency(forename, left)
        }
        if pattern >> 4 & 15 == 1 { sum += means[1] - Self.frequency(surname, left) }
        return sum
    }

    /// The logarithm of the share of records with the filter that this one has.
    private static func frequency(_ field: EncodedField, _ record: Int) -> Float {
        log2(max(Float(field.counts[Int(field.ids[record])]), 2) / Float(field.ids.count))
    }

    /// The mean of `rarity` for each name: what "same" is worth when nothing more is known.
    var meanRarity: [Float] {
        [forename, surname].map { field in
            guard let field else { return 0 }
            let all = Float(field.ids.count)
            return Self.log2(field.counts.reduce(into: Float(0)) { $0 += (Float($1) / all) * (Float($1) / all) })
        }
    }

    private static func log2(_ number: Float) -> Float { EncodedModel.log2(Double(number)) }
}
