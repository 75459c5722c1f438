/// What a record has for the rules by which records come to be compared.
struct EncodedBlockKeys {
    /// Sounds, and the forename's group; 0 for none.
    let first: UInt64, forename: UInt64, surname: UInt64
    let birth: EncodedDate?
    let postcode: EncodedText.Postcode?
    let nhs: UInt64?, phone: UInt64?

    /// The value of a rule as three words; nil when a field of it is missing.
    func value(_ rule: EncodingPlan.Rule) -> (UInt64, UInt64, UInt64)? {
        switch rule {
        case .nhs: return nhs.map { ($0, 0, 0) }
        case .phone: return phone.map { ($0, 0, 0) }
        case .birthForename: return birth.flatMap { first == 0 ? nil : ($0.packed, first, 0) }
        case .birthSurname: return birth.flatMap { surname == 0 ? nil : ($0.packed, surname, 0) }
        case .birthPostcode:
            guard let birth, let whole else { return nil }
            return (birth.packed, whole, 0)
        case .namesYear:
            guard let birth, let both else { return nil }
            return (UInt64(birth.year), both.0, both.1)
        case .surnamePostcode: return whole.flatMap { surname == 0 ? nil : ($0, surname, 0) }
        case .forenamePostcode: return whole.flatMap { first == 0 ? nil : ($0, first, 0) }
        case .namesDay:
            guard let birth, let both else { return nil }
            return (UInt64(birth.month * 32 + birth.day), both.0, both.1)
        case .swappedBirth:
            // Day and month in either order; the two letters that names begin with, in either order too.
            guard let birth, let both else { return nil }
            let order = UInt64(birth.year * 1_024 + min(birth.day, birth.month) * 32 + max(birth.day, birth.month))
            return (order, both.0 >> 15, both.1 >> 15)
        case .namesOutward:
            guard let postcode, let both else { return nil }
            return (postcode.packed(postcode.outward), both.0, both.1)
        case .names: return both.map { ($0.0, $0.1, 0) }
        }
    }

    private var whole: UInt64? { postcode.flatMap { $0.isWhole ? $0.packed($0.count) : nil } }

    /// Both names' sounds, the smaller first: swapped names meet.
    private var both: (UInt64, UInt64)? {
        first == 0 || surname == 0 ? nil : (min(first, surname), max(first, surname))
    }
}
