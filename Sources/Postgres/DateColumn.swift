import Foundation

/// A `Date` is a `timestamptz`, to the microsecond. Connections set the time zone to UTC, so the offset sent is `+00`;
/// others are understood. A `date` or a `timestamp` without zone is not a moment in time and is refused.
extension Date: ColumnValue {
    private static let secondsTo2001: Int64 = 978_307_200
    private static let day: Int64 = 86_400

    /// Reads `2026-01-02 03:04:05.123+00`; nil for `infinity` and years before 1.
    public init?(column: String) {
        var text = column
        let moment = text.withUTF8 { bytes in
            var reader = Digits(bytes: bytes)
            return reader.moment()
        }
        guard let moment else { return nil }
        let seconds = Double(moment.seconds - Date.secondsTo2001)
        self.init(timeIntervalSinceReferenceDate: seconds + Double(moment.microseconds) / 1_000_000)
    }

    /// `2026-01-02 03:04:05.123456+00`. A moment outside years 1 to 294275 becomes text that PostgreSQL refuses.
    public var column: String {
        let whole = timeIntervalSinceReferenceDate.rounded(.down)
        guard whole >= -63_113_904_000, whole < 9_223_308_086_400 else { return "out of range" }
        var total = Int64(whole) + Date.secondsTo2001
        var microseconds = Int64(((timeIntervalSinceReferenceDate - whole) * 1_000_000).rounded())
        if microseconds == 1_000_000 {
            microseconds = 0
            total += 1
        }
        let days = total >= 0 ? total / Date.day : -((Date.day - 1 - total) / Date.day)
        let seconds = total - days * Date.day
        let (year, month, dayOfMonth) = CivilDay.parts(of: days)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        append(year, width: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(month, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(dayOfMonth, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        append(seconds / 3600, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(seconds / 60 % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(seconds % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        append(microseconds, width: 6, to: &bytes)
        bytes.append(contentsOf: "+00".utf8)
        return String(decoding: bytes, as: UTF8.self)
    }
}

private func append(_ value: Int64, width: Int, to bytes: inout [UInt8]) {
    let digits = String(value).utf8
    for _ in 0..<max(0, width - digits.count) { bytes.append(UInt8(ascii: "0")) }
    bytes.append(contentsOf: digits)
}

/// Reads PostgreSQL's ISO timestamp from its bytes; DateFormatter takes some fifty times as long.
private struct Digits {
    let bytes: UnsafeBufferPointer<UInt8>
    var index = 0

    /// Seconds since 1970 in UTC, and the microseconds beyond.
    mutating func moment() -> (seconds: Int64, microseconds: Int64)? {
        guard let year = number(least: 4, most: 6), year >= 1, take("-"),
            let month = number(least: 2, most: 2), (1...12).contains(month), take("-"),
            let day = number(least: 2, most: 2), (1...31).contains(day), take(" "),
            let hour = number(least: 2, most: 2), hour < 24, take(":"),
            let minute = number(least: 2, most: 2), minute < 60, take(":"),
            let second = number(least: 2, most: 2), second < 60
        else { return nil }
        var fraction: Int64 = 0
        if take(".") {
            let start = index
            guard let digits = number(least: 1, most: 6) else { return nil }
            fraction = digits
            for _ in 0..<(6 - (index - start)) { fraction *= 10 }
        }
        guard let offset = offset(), index == bytes.count else { return nil }
        let days = CivilDay.number(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
        return (seconds, fraction)
    }

    /// Seconds east of UTC: `+00`, `-03:30`, `+01:15:30`.
    private mutating func offset() -> Int64? {
        let east: Int64
        if take("+") { east = 1 } else if take("-") { east = -1 } else { return nil }
        guard let hours = number(least: 2, most: 2) else { return nil }
        var seconds = hours * 3600
        for unit: Int64 in [60, 1] where take(":") {
            guard let part = number(least: 2, most: 2) else { return nil }
            seconds += part * unit
        }
        return east * seconds
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func number(least: Int, most: Int) -> Int64? {
        var value: Int64 = 0
        let start = index
        while index < bytes.count, index - start < most, (48...57).contains(bytes[index]) {
            value = value * 10 + Int64(bytes[index] - 48)
            index += 1
        }
        return index - start >= least ? value : nil
    }
}
