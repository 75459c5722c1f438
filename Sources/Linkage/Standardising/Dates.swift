/// A calendar date as it was written, right or not: an impossible one is still evidence.
struct WrittenDate: Equatable, Sendable {
    let year: Int
    let month: Int
    let day: Int

    /// Year, month and day in 16, 8 and 8 bits; 0 is missing.
    var packed: UInt32 { UInt32(year) << 16 | UInt32(month) << 8 | UInt32(day) }

    /// What systems fill in when nobody knows.
    var isPlaceholder: Bool {
        year < 1900 || year > 2099 || (year <= 1901 && month == 1 && day == 1)
    }

    init(_ year: Int, _ month: Int, _ day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads 1987-03-02, 19870302, 2/3/1987, 2.3.87, 2 Mar 1987, with or without a time, and a spreadsheet's day
    /// number. Day before month, as in Britain, unless that can't be.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        var numbers = [0, 0, 0], widths = [0, 0, 0], count = 0, named: Int?
        var at = 0
        while at < bytes.count, count < 3 {
            let byte = bytes[at]
            if (48...57).contains(byte) {
                while at < bytes.count, (48...57).contains(bytes[at]), widths[count] < 9 {
                    numbers[count] = numbers[count] * 10 + Int(bytes[at] - 48)
                    widths[count] += 1
                    at += 1
                }
                count += 1
            } else if byte | 32 >= 97, byte | 32 <= 122 {
                // A time begins with T; a month has three letters or more.
                let start = at
                while at < bytes.count, bytes[at] | 32 >= 97, bytes[at] | 32 <= 122 { at += 1 }
                if at - start >= 3, count < 3, named == nil, let month = Self.month(bytes, start) {
                    named = count
                    (numbers[count], widths[count]) = (month, 2)
                    count += 1
                }
            } else {
                at += 1
            }
        }
        self.init(numbers, widths, count, named: named)
    }

    private init?(_ numbers: [Int], _ widths: [Int], _ count: Int, named: Int?) {
        if count == 1 || widths[0] >= 5 {
            if widths[0] == 8 {
                let (year, rest) = (numbers[0] / 10_000, numbers[0] % 10_000)
                self.init(year, rest / 100, rest % 100)
            } else if widths[0] == 5 {
                self.init(serial: numbers[0])
            } else {
                return nil
            }
            return
        }
        guard count == 3 else { return nil }
        if widths[0] == 4 {
            self.init(numbers[0], numbers[1], numbers[2])
        } else {
            let short = widths[2] <= 2
            let year = short ? numbers[2] + (numbers[2] <= 29 ? 2000 : 1900) : numbers[2]
            let isAmerican = named == 0 || (named == nil && numbers[1] > 12 && numbers[0] <= 12)
            self.init(year, isAmerican ? numbers[0] : numbers[1], isAmerican ? numbers[1] : numbers[0])
        }
        if month > 99 || day > 99 || year > 9999 { return nil }
    }

    /// The day number of a spreadsheet: 1 is 1 January 1900, and 1900 is wrongly a leap year.
    private init(serial: Int) {
        // Days since 1 March of year 0, after Howard Hinnant's civil_from_days.
        let days = serial + 693_899
        let era = days / 146_097, ofEra = days % 146_097
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let dayOfYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        self.init(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func month(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        let names = Array("janfebmaraprmayjunjulaugsepoctnovdec".utf8)
        return (0..<12).first { month in (0..<3).allSatisfy { bytes[start + $0] | 32 == names[month * 3 + $0] } }
            .map { $0 + 1 }
    }
}
