/// Makes what was written comparable: each distinct value once, however many records have it.
struct Standardiser {
    /// For each written value the number of what it is compared as; for a forename also of the second one in it.
    private(set) var standard: [UInt32]
    private(set) var second: [UInt32]?

    init(_ type: FieldType, _ written: Interner, isLatin: Bool, into values: Interner) {
        standard = [UInt32](repeating: 0, count: written.count + 1)
        if type == .forename { second = standard }
        let room = UnsafeMutablePointer<UInt8>.allocate(capacity: LinkageLimits.value * 4 + 16)
        let other = UnsafeMutablePointer<UInt8>.allocate(capacity: LinkageLimits.value * 4 + 16)
        defer {
            room.deallocate()
            other.deallocate()
        }
        for id in 0..<written.count {
            let bytes = written.value(id + 1)
            var count = 0
            switch type {
            case .forename:
                let folded = Folding.fold(bytes, isLatin: isLatin, joining: true, into: room)
                if let space = (0..<folded).first(where: { room[$0] == 32 }), folded - space > 1 {
                    let length = folded - space - 1
                    other.update(from: room + space + 1, count: length)
                    second![id + 1] = values.intern(other, Names.forename(other, length))
                }
                count = Names.forename(room, folded)
            case .middleName:
                count = Names.forename(room, Folding.fold(bytes, isLatin: isLatin, joining: true, into: room))
            case .surname:
                count = Names.surname(room, Folding.fold(bytes, isLatin: isLatin, into: room))
            case .date:
                if let date = WrittenDate(bytes), !date.isPlaceholder {
                    for byte in 0..<4 { room[byte] = UInt8(truncatingIfNeeded: date.packed >> (24 - 8 * byte)) }
                    count = 4
                }
            case .sex:
                room[0] = Codes.sex(room, Folding.fold(bytes, isLatin: isLatin, into: room))
                count = room[0] == 0 ? 0 : 1
            case .postcode: count = Codes.postcode(bytes, into: room)
            case .phone: count = Codes.phone(bytes, into: room)
            case .nhsNumber: count = Codes.nhsNumber(bytes, into: room)
            case .identifier, .address, .text, .category:
                count = Folding.fold(bytes, isLatin: isLatin, into: room)
            }
            standard[id + 1] = values.intern(room, count)
        }
    }
}
