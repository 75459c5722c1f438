/// What names are looked up and compared by beside their letters, worked out once for each distinct name.
final class NameForms: @unchecked Sendable {
    let values: Interner
    /// A hash of how the name sounds; 0 where it has no letters.
    let sounds: [UInt32]
    /// The same for a name and its short forms and spellings.
    let roots: [UInt32]
    /// The first letter.
    let initials: [UInt8]
    /// A hash of the first and of the last part of a double-barrelled name; 0 for one part.
    private let parts: [(UInt32, UInt32)]
    private let groups: [[UInt16]]

    init(_ values: Interner, _ table: ForenameTable = .standard) {
        self.values = values
        let room = values.count + 1
        var sounds: [UInt32] = [0], roots = sounds, initials: [UInt8] = [0], groups: [[UInt16]] = [[]]
        var parts: [(UInt32, UInt32)] = [(0, 0)]
        sounds.reserveCapacity(room)
        roots.reserveCapacity(room)
        initials.reserveCapacity(room)
        parts.reserveCapacity(room)
        groups.reserveCapacity(room)
        for id in 0..<values.count {
            let bytes = values.value(id + 1), found = table.find(bytes)
            sounds.append(Sound.code(bytes))
            initials.append(bytes[0])
            groups.append(found?.groups ?? [])
            roots.append(found.map { UInt32($0.head) + 1 } ?? hash32(bytes, 0..<bytes.count))
            let barrels = bytes.contains(32) ? Names.parts(bytes.baseAddress!, bytes.count) : []
            parts.append(
                barrels.count > 1
                    ? (hash32(bytes, barrels[0]), hash32(bytes, barrels[barrels.count - 1])) : (0, 0))
        }
        (self.sounds, self.roots, self.initials, self.groups, self.parts) = (sounds, roots, initials, groups, parts)
    }

    func isRelated(_ one: Int, _ other: Int) -> Bool {
        let (few, many) = (groups[one], groups[other])
        if few.isEmpty || many.isEmpty { return false }
        return few.contains { many.contains($0) }
    }

    /// Whether one is a part of the other, which is double-barrelled, or they share a part.
    func sharesPart(_ one: Int, _ other: Int) -> Bool {
        let (a, b) = (parts[one], parts[other])
        if a.0 == 0 && b.0 == 0 { return false }
        let first = a.0 == 0 ? (whole(one), whole(one)) : a, second = b.0 == 0 ? (whole(other), whole(other)) : b
        return first.0 == second.0 || first.0 == second.1 || first.1 == second.0 || first.1 == second.1
    }

    private func whole(_ id: Int) -> UInt32 {
        let bytes = values.value(id)
        return hash32(bytes, 0..<bytes.count)
    }
}

/// Never 0.
func hash32(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt32 {
    if range.isEmpty { return 1 }
    return UInt32(truncatingIfNeeded: hashBytes(bytes.baseAddress! + range.lowerBound, range.count) >> 20) | 0x8000_0000
}

/// How an English or anglicised name sounds, roughly: spellings that are heard alike get one code.
enum Sound {
    /// A hash of up to six sounds of folded text; 0 where there are no letters.
    static func code(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var code: UInt32 = 0, last: UInt8 = 0, count = 0, at = 0
        func next(_ step: Int) -> UInt8 { at + step < bytes.count ? bytes[at + step] : 0 }
        // Mac and Mc.
        if bytes.count > 4, bytes[0] == 109, bytes[1] == 97, bytes[2] == 99 { at = 3 }
        if bytes.count > 3, at == 0, bytes[0] == 109, bytes[1] == 99 { at = 2 }
        if at > 0 { (code, last, count) = (0x6d6b, 107, 2) }
        while at < bytes.count, count < 6 {
            var sound: UInt8 = bytes[at], step = 1
            switch sound {
            case 97, 101, 105, 111, 117, 121, 104, 119: sound = at == 0 ? (sound == 104 ? 104 : 97) : 0
            case 112 where next(1) == 104: (sound, step) = (102, 2)
            case 103 where next(1) == 104: (sound, step) = (0, 2)
            case 99 where next(1) == 107: (sound, step) = (107, 2)
            case 99 where next(1) == 101 || next(1) == 105: sound = 115
            case 99, 113: sound = 107
            case 122: sound = 115
            case 120: sound = 115
            case 106: sound = 103
            case 118: sound = 102
            case 98...122: break
            default: sound = 0
            }
            if sound != 0, sound != last {
                code = (code &* 31) &+ UInt32(sound)
                count += 1
            }
            if sound != 0 { last = sound } else if bytes[at] != 104 { last = 0 }
            at += step
        }
        return count == 0 ? 0 : UInt32(truncatingIfNeeded: mixed(UInt64(code) << 4 | UInt64(count))) | 1
    }
}
