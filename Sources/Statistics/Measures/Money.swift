/// Pounds and pence, exact.
public struct Money: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let pence: Int
    /// What was written could be read in two ways: "£63.000" in a council's report is sixty-three thousand pounds.
    public let wasUnclear: Bool

    /// Up to ten thousand million pounds.
    private static let most: Int128 = 1_000_000_000_000

    public init(pence: Int) {
        self.pence = pence
        wasUnclear = false
    }

    /// Reads "£1,127,205", "63,000", "£63.000" (thousands: a point with three digits after it), "£35k", "1.126m",
    /// "1.126 million", "85.50".
    public init?(_ text: String) {
        var left = text.filter { !$0.isWhitespace && $0 != "£" }.lowercased()
        var unit: Int128 = 100
        for (ending, factor) in [("million", 1_000_000), ("m", 1_000_000), ("thousand", 1_000), ("k", 1_000)]
        where left.hasSuffix(ending) {
            left.removeLast(ending.count)
            unit *= Int128(factor)
            break
        }
        let groups = left.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.count == 1 || Self.areThousands(groups) else { return nil }
        let plain = groups.joined(), parts = plain.split(separator: ".", omittingEmptySubsequences: false)
        let isThousands = unit == 100 && groups.count == 1 && parts.count > 1 && Self.areThousands(parts)
        guard let number = Fraction(isThousands ? parts.joined() : plain), number >= .zero,
            let exact = Fraction(unit, over: 1).flatMap({ number.times($0) })?.whole, Int128(exact) <= Self.most
        else { return nil }
        pence = exact
        wasUnclear = isThousands
    }

    private static func areThousands(_ groups: [Substring]) -> Bool {
        guard let first = groups.first, (1...3).contains(first.count), first != "0" else { return false }
        return groups.dropFirst().allSatisfy { group in
            group.prefix { $0.isNumber }.count == 3 && (group.count == 3 || group.dropFirst(3).first == ".")
        }
    }

    public static func < (one: Money, other: Money) -> Bool { one.pence < other.pence }

    /// "£1,127,205", with pence only where there are any.
    public var description: String {
        let amount = Fraction(Int128(pence), over: 100) ?? .zero
        return "£" + amount.text(pence % 100 == 0 ? 0 : 2)
    }
}
