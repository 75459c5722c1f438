/// A day as it was typed. Stands here until the clear-text engine's own is used for both.
struct EncodedDate: Equatable {
    var year: Int
    var month: Int
    var day: Int

    /// What is typed when nothing is known.
    var isDefault: Bool { day == 1 && month == 1 && year <= 1901 }
    /// Often a default too, and for some the day.
    var isNewYear: Bool { day == 1 && month == 1 }

    /// Years that a person on record can be born in, and events lie in.
    static let years = 1900...2035

    /// From 1985-03-14, 14/03/1985, 14-3-1985, 14.03.1985 or 19850314, with a time behind it or not. Nil for anything
    /// else: two digits of a year say too little.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        var numbers: (Int, Int, Int) = (0, 0, 0), lengths: (Int, Int, Int) = (0, 0, 0), part = 0
        for byte in bytes {
            if byte >= 0x30, byte <= 0x39 {
                let digit = Int(byte - 0x30)
                switch part {
                case 0: (numbers.0, lengths.0) = (numbers.0 * 10 + digit, lengths.0 + 1)
                case 1: (numbers.1, lengths.1) = (numbers.1 * 10 + digit, lengths.1 + 1)
                default: (numbers.2, lengths.2) = (numbers.2 * 10 + digit, lengths.2 + 1)
                }
                if lengths.0 > 8 || lengths.1 > 2 || lengths.2 > 4 { return nil }
            } else if byte == 0x2d || byte == 0x2f || byte == 0x2e {
                part += 1
                if part > 2 { return nil }
            } else if byte == 0x20 || byte == 0x54, part == 2, lengths.2 > 0 {
                break
            } else {
                return nil
            }
        }
        if part == 0, lengths.0 == 8 {
            self.init(numbers.0 / 10_000, numbers.0 / 100 % 100, numbers.0 % 100)
        } else if part == 2, lengths.0 == 4, lengths.2 <= 2 {
            self.init(numbers.0, numbers.1, numbers.2)
        } else if part == 2, lengths.0 <= 2, lengths.2 == 4 {
            self.init(numbers.2, numbers.1, numbers.0)
        } else {
            return nil
        }
    }

    private init?(_ year: Int, _ month: Int, _ day: Int) {
        guard Self.years.contains(year), (1...12).contains(month) else { return nil }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = month == 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
        guard (1...days).contains(day) else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// One number, in order of time.
    var packed: UInt64 { UInt64(year * 512 + month * 32 + day) }

    /// The year that begins on 1 April.
    var financialYear: Int { month >= 4 ? year : year - 1 }

    /// Whole years on another day.
    func age(on other: EncodedDate) -> Int {
        other.year - year - ((other.month, other.day) < (month, day) ? 1 : 0)
    }
}
