/// A number as one whole number over another: what shares and rates are worked out with, so that nothing is lost before
/// a figure is shown. Numerator and denominator stay within 96 bits; what would be larger is nil, never wrong.
public struct Fraction: Sendable, Hashable, Comparable {
    public let numerator: Int128
    /// Above zero, and without a factor in common with the numerator.
    public let denominator: Int128

    /// Digits after the point that a number may be shown with.
    public static let mostDigits = 6
    private static let limit: Int128 = 1 << 96

    public static let zero = Fraction(0)

    public init(_ whole: Int) {
        numerator = Int128(whole)
        denominator = 1
    }

    /// Nil over nothing, and beyond the limit.
    public init?(_ numerator: Int128, over denominator: Int128) {
        guard denominator != 0 else { return nil }
        let divisor = Self.common(numerator.magnitude, denominator.magnitude)
        let top = numerator.magnitude / divisor, bottom = denominator.magnitude / divisor
        guard top < Self.limit.magnitude, bottom < Self.limit.magnitude else { return nil }
        self.numerator = (numerator < 0) == (denominator < 0) ? Int128(top) : -Int128(top)
        self.denominator = Int128(bottom)
    }

    /// From "66.25" or "-3": at most fifteen digits, six of them after the point.
    public init?(_ text: some StringProtocol) {
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        guard text.count - parts.reduce(0, { $0 + $1.count }) - (parts.count - 1) == (isNegative ? 1 : 0),
            let whole = parts.first, !whole.isEmpty, parts.count <= 2, parts.last?.isEmpty == false
        else { return nil }
        let digits = parts.count == 2 ? parts[1].count : 0
        let all = parts.joined()
        guard all.utf8.count <= 15, digits <= Self.mostDigits, all.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int128(all)
        else { return nil }
        self.init(isNegative ? -number : number, over: Self.power(digits))
    }

    public static func < (one: Fraction, other: Fraction) -> Bool {
        // Whole parts first, so that no product can be too large: what is left is below the denominators.
        let (first, second) = (one.floor, other.floor)
        if first != second { return first < second }
        var (a, b) = (one.numerator - first * one.denominator, one.denominator)
        var (c, d) = (other.numerator - second * other.denominator, other.denominator)
        // Compares a/b with c/d, both from 0 to under 1, by their continued fractions.
        var isTurned = false
        while true {
            if a == 0 || c == 0 { return isTurned ? c == 0 && a != 0 : a == 0 && c != 0 }
            (a, b, c, d) = (b, a, d, c)
            isTurned.toggle()
            let (whole, rest) = (a / b, c / d)
            if whole != rest { return isTurned ? whole > rest : whole < rest }
            (a, c) = (a % b, c % d)
        }
    }

    /// The largest whole number that is not above it.
    private var floor: Int128 {
        let down = numerator / denominator
        return numerator < 0 && down * denominator != numerator ? down - 1 : down
    }

    public func plus(_ other: Fraction) -> Fraction? {
        let (left, one) = numerator.multipliedReportingOverflow(by: other.denominator)
        let (right, two) = other.numerator.multipliedReportingOverflow(by: denominator)
        let (sum, three) = left.addingReportingOverflow(right)
        let (bottom, four) = denominator.multipliedReportingOverflow(by: other.denominator)
        return one || two || three || four ? nil : Fraction(sum, over: bottom)
    }

    public func minus(_ other: Fraction) -> Fraction? { plus(other.negated) }

    public func times(_ other: Fraction) -> Fraction? {
        let (top, one) = numerator.multipliedReportingOverflow(by: other.numerator)
        let (bottom, two) = denominator.multipliedReportingOverflow(by: other.denominator)
        return one || two ? nil : Fraction(top, over: bottom)
    }

    /// Nil by nothing.
    public func over(_ other: Fraction) -> Fraction? {
        Fraction(other.denominator, over: other.numerator).flatMap { times($0) }
    }

    public var negated: Fraction { numerator == 0 ? self : Fraction(-numerator, over: denominator) ?? self }
    public var magnitude: Fraction { numerator < 0 ? negated : self }

    /// The whole number that it is; nil where it isn't one.
    public var whole: Int? { denominator == 1 ? Int(exactly: numerator) : nil }

    /// To so many digits after the point: halves away from zero, so that a fall is rounded as a rise is.
    public func rounded(_ digits: Int) -> Fraction { scaled(digits, half: true) }

    /// Cut after so many digits: how a source gets a figure wrong.
    public func truncated(_ digits: Int) -> Fraction { scaled(digits, half: false) }

    private func scaled(_ digits: Int, half: Bool) -> Fraction {
        let power = Self.power(min(max(digits, 0), Self.mostDigits)), top = Int128(numerator.magnitude)
        // Below 2^96 times two million: within 128 bits.
        let parts = half ? (2 * top * power + denominator) / (2 * denominator) : top * power / denominator
        return Fraction(numerator < 0 ? -parts : parts, over: power) ?? self
    }

    /// Rounded, with all its digits and commas between thousands: "1,234.50".
    public func text(_ digits: Int) -> String {
        let digits = min(max(digits, 0), Self.mostDigits), power = Self.power(digits), shown = rounded(digits)
        let parts = Int128(shown.numerator.magnitude) * (power / shown.denominator)
        let sign = parts != 0 && shown.numerator < 0 ? "-" : ""
        let tail = digits == 0 ? "" : "." + String(power + parts % power).dropFirst()
        return sign + Self.grouped(parts / power) + tail
    }

    /// With no more digits than it needs, and no more than asked.
    public func shortText(_ most: Int) -> String {
        text((0...min(max(most, 0), Self.mostDigits)).first { rounded($0) == rounded(most) } ?? most)
    }

    private static func grouped(_ number: Int128) -> String {
        var digits = String(number), groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return ([digits] + groups).joined(separator: ",")
    }

    static func power(_ digits: Int) -> Int128 { (0..<digits).reduce(1) { product, _ in product * 10 } }

    private static func common(_ one: UInt128, _ other: UInt128) -> UInt128 {
        var (a, b) = (one, other)
        while b != 0 { (a, b) = (b, a % b) }
        return max(a, 1)
    }
}
