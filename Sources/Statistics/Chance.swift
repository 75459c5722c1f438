/// Repeatable chance: SplitMix64 (Steele, Lea and Flood, 2014). The same seed gives the same numbers on every platform,
/// so that a simulation that was shown to a board can be run again.
public struct Chance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A stream that follows from `seed` alone.
    public init(seed: UInt64) {
        state = seed
        _ = next()
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to and without 1, with 53 bits.
    public mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A whole number from 0 up to and without `limit`, which is at least 1.
    public mutating func below(_ limit: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(limit)).high)
    }
}
