/// A percentage as it was published, "7.3": kept as a whole number of its last digit, so that nothing is lost before a
/// result is rounded.
public struct ExactShare: Sendable, Equatable, CustomStringConvertible {
    /// At most so many digits after the point: a published rate has one or two, a fitted one three.
    static let mostDigits = 5

    /// The percentage times 10 to the power of `digits`.
    let mantissa: Int
    let digits: Int

    public var description: String { Decimals.text(mantissa, digits) }

    /// From "7.3", from 0 to 100.
    public init?(percent text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, (1...3).contains(whole.count), parts.count <= 2 else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard parts.count == 1 || !fraction.isEmpty, fraction.count <= Self.mostDigits,
            String(whole + fraction).utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let mantissa = Int(whole + fraction)
        else { return nil }
        self.init(mantissa: mantissa, digits: fraction.count)
        guard self.mantissa <= 100 * Decimals.power(digits) else { return nil }
    }

    private init(mantissa: Int, digits: Int) {
        self.mantissa = mantissa
        self.digits = digits
    }

    /// The percentage times 10 to the power of `mostDigits`.
    var scaled: Int { mantissa * Decimals.power(Self.mostDigits - digits) }
}

/// A number of people before rounding, exact to the last digit.
public struct ExactNumber: Sendable, Equatable, CustomStringConvertible {
    /// In parts of 10 to the power of `digits`.
    static let digits = ExactShare.mostDigits + 2
    let parts: Int

    public var description: String {
        var (parts, digits) = (parts, Self.digits)
        while digits > 0, parts % 10 == 0 { (parts, digits) = (parts / 10, digits - 1) }
        return Decimals.text(parts, digits)
    }

    /// To the nearest multiple of `step`, halves up.
    public func rounded(to step: Int) -> Int {
        let unit = Decimals.power(Self.digits) * step
        return (2 * parts + unit) / (2 * unit) * step
    }
}

/// So many of so many, as a reader is told it.
public enum ExactPercent {
    /// With one digit after the point, halves up: 453 of 1,690 is "26.8". Nil of nothing.
    public static func text(_ count: Int, of all: Int) -> String? {
        guard all > 0, count >= 0 else { return nil }
        return Decimals.text((2 * count * 1_000 + all) / (2 * all), 1)
    }
}

enum Decimals {
    static func power(_ digits: Int) -> Int { (0..<digits).reduce(1) { product, _ in product * 10 } }

    static func text(_ parts: Int, _ digits: Int) -> String {
        guard digits > 0 else { return String(parts) }
        let unit = power(digits)
        return "\(parts / unit)." + String(unit + parts % unit).dropFirst()
    }
}
