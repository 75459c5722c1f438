/// Which bits of a filter each token of a field sets: worked out once by HMAC for every token there can be, so that a
/// record costs no hash for them. Positions are independent of one another (random hashing): with two hashes that are
/// added up, as usual, a filter's bits give its tokens away.
struct EncodedMasks: Sendable {
    /// Bits that a token sets.
    let count: Int
    /// `count` positions for each token.
    let positions: [UInt16]
    /// Each token's bits in a filter of 256; empty for longer filters.
    let masks: [SIMD4<UInt64>]

    /// `bits` is a power of two.
    init(_ key: EncodingKey, _ field: String, tokens: Int, count: Int, bits: Int) {
        let secret = key.derived("bits of \(field)")
        var all: [UInt16] = []
        all.reserveCapacity(tokens * count)
        for token in 0..<tokens {
            all += Self.distinct(count, below: bits) { round in
                EncodingKey.keyedHash(secret, [UInt8(token & 255), UInt8(token >> 8), UInt8(round)])
            }
        }
        self.count = count
        positions = all
        masks = bits != 256 ? [] : (0..<tokens).map { token in
            all[(token * count)..<((token + 1) * count)].reduce(into: SIMD4()) { mask, position in
                mask[Int(position >> 6)] |= 1 << UInt64(position & 63)
            }
        }
    }

    /// The first so many different numbers from a stream of hashes.
    static func distinct(_ count: Int, below bits: Int, _ hash: (Int) -> [UInt8]) -> [UInt16] {
        var found: [UInt16] = [], round = 0
        while found.count < count {
            let bytes = hash(round)
            for place in stride(from: 0, to: bytes.count, by: 2) where found.count < count {
                let position = (UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8) & UInt16(bits - 1)
                if !found.contains(position) { found.append(position) }
            }
            round += 1
        }
        return found
    }
}
