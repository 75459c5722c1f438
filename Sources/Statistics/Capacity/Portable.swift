/// Functions that C libraries round differently from one platform to the next, made here of sums, products and
/// quotients, which IEEE 754 fixes to the last bit: a simulation gives the same figures everywhere.
enum Portable {
    /// The natural logarithm of a finite number above 0, to some 1e-16 of itself: ln x = e ln 2 + 2 artanh((m - 1)/(m
    /// + 1)) for x = m 2^e with m from 0.7 to 1.4.
    static func log(_ number: Double) -> Double {
        var power = Double(number.exponent), part = number.significand
        if part > 1.4142135623730951 {
            part /= 2
            power += 1
        }
        let root = (part - 1) / (part + 1), square = root * root
        // 1/3, 1/5 ... 1/21
        var series = 0.047619047619047616
        series = series * square + 0.05263157894736842
        series = series * square + 0.058823529411764705
        series = series * square + 0.06666666666666667
        series = series * square + 0.07692307692307693
        series = series * square + 0.09090909090909091
        series = series * square + 0.1111111111111111
        series = series * square + 0.14285714285714285
        series = series * square + 0.2
        series = series * square + 0.3333333333333333
        return power * 0.6931471805599453 + 2 * root * (1 + series * square)
    }

    /// The cosine of an angle in whole turns, to some 1e-16: a Taylor series within a quarter of a turn.
    static func cosine(turns: Double) -> Double {
        var turn = turns - turns.rounded(.down)
        if turn > 0.5 { turn = 1 - turn }
        if turn > 0.25 { return -cosine(turns: 0.5 - turn) }
        let square = (2 * Double.pi * turn) * (2 * Double.pi * turn)
        var sum = 1.0, term = 1.0
        for half in 1...12 {
            let k = Double(2 * half)
            term *= -square / (k * (k - 1))
            sum += term
        }
        return sum
    }
}

extension Int {
    /// The nearest whole number, within 1e15 of 0; 0 for what is no number.
    init(nearest number: Double) { self = number.isNaN ? 0 : Int(Swift.min(Swift.max(number, -1e15), 1e15).rounded()) }
}

extension Chance {
    /// A time until the next of events that come independently, `mean` apart: from 0.
    mutating func exponential(mean: Double) -> Double { -mean * Portable.log(1 - fraction()) }
}
