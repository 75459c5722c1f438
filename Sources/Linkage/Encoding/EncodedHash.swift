/// SipHash-2-4: a keyed function of short inputs whose 64 bits nobody tells from chance without its 128-bit key
/// (Aumasson and Bernstein, 2012). For what is hashed once a record, where HMAC would be most of the work; its keys are
/// made by HMAC.
struct EncodedHash: Sendable {
    private let k0: UInt64
    private let k1: UInt64

    /// From the first 16 of a derived key's bytes.
    init(_ key: [UInt8]) {
        func word(_ start: Int) -> UInt64 {
            (0..<8).reduce(0) { $0 | UInt64(key[start + $1]) << UInt64(8 * $1) }
        }
        (k0, k1) = (word(0), word(8))
    }

    /// Of up to three words.
    @inline(__always)
    func callAsFunction(_ a: UInt64, _ b: UInt64 = 0, _ c: UInt64 = 0) -> UInt64 {
        var state = State(k0, k1)
        state.take(a)
        state.take(b)
        state.take(c)
        // The length of the message, as the standard ends it.
        state.take(24 << 56)
        return state.end()
    }

    /// Of bytes, as the standard says.
    func callAsFunction(_ bytes: some Collection<UInt8>) -> UInt64 {
        var state = State(k0, k1), word: UInt64 = 0, filled: UInt64 = 0, length = 0
        for byte in bytes {
            word |= UInt64(byte) << filled
            filled += 8
            length += 1
            if filled == 64 {
                state.take(word)
                (word, filled) = (0, 0)
            }
        }
        state.take(word | UInt64(truncatingIfNeeded: length & 255) << 56)
        return state.end()
    }

    private struct State {
        var v0, v1, v2, v3: UInt64

        @inline(__always)
        init(_ k0: UInt64, _ k1: UInt64) {
            v0 = k0 ^ 0x736f_6d65_7073_6575
            v1 = k1 ^ 0x646f_7261_6e64_6f6d
            v2 = k0 ^ 0x6c79_6765_6e65_7261
            v3 = k1 ^ 0x7465_6462_7974_6573
        }

        @inline(__always)
        mutating func round() {
            v0 &+= v1
            v1 = v1 << 13 | v1 >> 51
            v1 ^= v0
            v0 = v0 << 32 | v0 >> 32
            v2 &+= v3
            v3 = v3 << 16 | v3 >> 48
            v3 ^= v2
            v0 &+= v3
            v3 = v3 << 21 | v3 >> 43
            v3 ^= v0
            v2 &+= v1
            v1 = v1 << 17 | v1 >> 47
            v1 ^= v2
            v2 = v2 << 32 | v2 >> 32
        }

        @inline(__always)
        mutating func take(_ word: UInt64) {
            v3 ^= word
            round()
            round()
            v0 ^= word
        }

        @inline(__always)
        mutating func end() -> UInt64 {
            v2 ^= 0xff
            round()
            round()
            round()
            round()
            return v0 ^ v1 ^ v2 ^ v3
        }
    }
}
