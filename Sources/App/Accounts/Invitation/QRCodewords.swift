/// A text as the codewords of a QR code: its bytes, cut into blocks with Reed-Solomon check bytes, in drawing order.
struct QRCodewords: Sendable {
    /// 1 to 20; each is four modules wider than the one before.
    let version: Int
    let words: [UInt8]

    // ISO/IEC 18004 table 9, level M, versions 1 to 20.
    private static let checkLengths = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26]
    private static let blockCounts = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16]

    /// In the smallest version that holds them; nil when none does.
    init?(_ bytes: [UInt8]) {
        let fitting = (1...20).first { bytes.count <= Self.dataLength($0) - ($0 < 10 ? 2 : 3) }
        guard let fitting else { return nil }
        version = fitting
        words = Self.interleaved(Self.encoded(bytes, fitting), fitting)
    }

    /// All codewords that fit in a version's free modules.
    private static func rawLength(_ version: Int) -> Int {
        var free = (16 * version + 128) * version + 64
        if version >= 2 {
            let marks = version / 7 + 2
            free -= (25 * marks - 10) * marks - 55
            if version >= 7 { free -= 36 }
        }
        return free / 8
    }

    private static func dataLength(_ version: Int) -> Int {
        rawLength(version) - checkLengths[version - 1] * blockCounts[version - 1]
    }

    /// Mode, length, bytes, terminator and padding. The mode's four bits put everything half a byte out of step.
    private static func encoded(_ bytes: [UInt8], _ version: Int) -> [UInt8] {
        let length = version < 10 ? [UInt8(bytes.count)] : [UInt8(bytes.count >> 8), UInt8(bytes.count & 255)]
        var data: [UInt8] = []
        var carry: UInt8 = 4
        for byte in length + bytes {
            data.append(carry << 4 | byte >> 4)
            carry = byte & 15
        }
        data.append(carry << 4)
        var padding: UInt8 = 0xec
        while data.count < dataLength(version) {
            data.append(padding)
            padding ^= 0xec ^ 0x11
        }
        return data
    }

    /// Cut into blocks, each with its Reed-Solomon check bytes, and dealt out in turn.
    private static func interleaved(_ data: [UInt8], _ version: Int) -> [UInt8] {
        let (blocks, check) = (blockCounts[version - 1], checkLengths[version - 1])
        let short = data.count / blocks
        let longOnes = data.count % blocks
        let divisor = generator(check)
        var (cut, parts) = (0, [(data: ArraySlice<UInt8>, check: [UInt8])]())
        for block in 0..<blocks {
            let part = data[cut..<cut + short + (block >= blocks - longOnes ? 1 : 0)]
            cut = part.endIndex
            parts.append((part, remainder(part, divisor)))
        }
        var result: [UInt8] = []
        for index in 0...short {
            for part in parts where index < part.data.count { result.append(part.data[part.data.startIndex + index]) }
        }
        for index in 0..<check { for part in parts { result.append(part.check[index]) } }
        return result
    }

    /// The product of (x - 2^i), highest power first, without the leading one.
    private static func generator(_ degree: Int) -> [UInt8] {
        var (result, root) = ([UInt8](repeating: 0, count: degree - 1) + [1], UInt8(1))
        for _ in 0..<degree {
            for index in 0..<degree {
                result[index] = multiply(result[index], root) ^ (index + 1 < degree ? result[index + 1] : 0)
            }
            root = multiply(root, 2)
        }
        return result
    }

    private static func remainder(_ data: ArraySlice<UInt8>, _ divisor: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: divisor.count)
        for byte in data {
            let factor = byte ^ result.removeFirst()
            result.append(0)
            for index in divisor.indices { result[index] ^= multiply(divisor[index], factor) }
        }
        return result
    }

    /// In GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1.
    private static func multiply(_ a: UInt8, _ b: UInt8) -> UInt8 {
        var product: UInt8 = 0
        for bit in (0..<8).reversed() {
            product = product << 1 ^ (product >> 7 == 1 ? 0x1d : 0)
            if b >> UInt8(bit) & 1 == 1 { product ^= a }
        }
        return product
    }
}
