import Foundation

/// Repeatable chance: SplitMix64 (Steele, Lea and Flood, 2014), so that every seeding invents the same people.
///
/// Each thing that is invented has a stream of its own, named by a tag and a number: changing how one is made leaves
/// the others as they were. The arithmetic is ours, because the standard library's may change between versions.
struct DemoDice: Sendable {
    private var state: UInt64

    /// What a stream is for.
    enum Stream: UInt64 {
        case plan = 1, person, harming, caseWork, note, contact, staff, password, follow, risk, referral, household
        case agreement, child, direction, behaviour, document, closing, safetyPlan, support, orders, events, sharing
        // By number from here on: what is added by another hand moves nobody.
        case childRecord = 37, letters = 40, programmes, ownLetters
        case outcomes = 60, maracReferral, rights
        case samePerson = 80, workingTime
        case register = 70
        case transfer = 90, planShare
        case accommodation = 100, housing, sanctuary, reciprocal
        case stays = 110, enquiries = 115, figures = 120, dataCalls = 125
    }

    /// The stream of thing number `index`.
    init(_ stream: Stream, _ index: Int = 0) {
        state = 0x0D5E_57A6_2021_0429 ^ (stream.rawValue &* 0xA076_1D64_78BD_642F)
        state &+= UInt64(truncatingIfNeeded: index) &* 0xE703_7ED1_A0B4_28DB
        _ = next()
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to and without `limit`, which is at least 1.
    mutating func below(_ limit: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(limit)).high)
    }

    /// A number of the range.
    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// A number from 0 up to and without 1.
    mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// True `percent` times in a hundred.
    mutating func chance(_ percent: Double) -> Bool { fraction() * 100 < percent }

    /// One of the list, which is not empty.
    mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

    /// One of the options, by weight. Weights are positive and need no particular sum.
    mutating func pick<Element>(weighted options: [(Int, Element)]) -> Element {
        var rest = below(options.reduce(0) { $0 + $1.0 })
        for (weight, element) in options {
            rest -= weight
            if rest < 0 { return element }
        }
        return options[options.count - 1].1
    }

    /// Between 0 and about four times `mean`, most often near it.
    mutating func around(_ mean: Int) -> Int {
        Int(Double(mean) * (fraction() + fraction() + fraction() * fraction() * 0.8) / 1.2)
    }

    /// An identifier in the form of a random one (version 4).
    mutating func uuid() -> UUID {
        var (high, low) = (next(), next())
        high = high & ~0xF000 | 0x4000
        low = low & ~(0b11 << 62) | (0b10 << 62)
        func byte(_ word: UInt64, _ index: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: word >> (56 - 8 * index)) }
        return UUID(
            uuid: (
                byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3), byte(high, 4), byte(high, 5), byte(high, 6),
                byte(high, 7), byte(low, 0), byte(low, 1), byte(low, 2), byte(low, 3), byte(low, 4), byte(low, 5),
                byte(low, 6), byte(low, 7)
            ))
    }
}
