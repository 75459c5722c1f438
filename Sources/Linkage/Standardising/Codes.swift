/// Postcodes, telephone and NHS numbers, sex: written in many ways, compared in one.
enum Codes {
    /// Letters and digits, capital; an outward code alone stays one. With a space before the last three of a whole one.
    static func postcode(_ bytes: UnsafeBufferPointer<UInt8>, into out: UnsafeMutablePointer<UInt8>) -> Int {
        var count = 0
        for byte in bytes where count < 16 {
            switch byte {
            case 48...57, 65...90: out[count] = byte
            case 97...122: out[count] = byte - 32
            default: continue
            }
            count += 1
        }
        // ZZ99 3xx is the NHS's "no fixed abode" and "not known".
        if count >= 5, out[0] == 90, out[1] == 90, out[2] == 57, out[3] == 57 { return 0 }
        return count
    }

    /// Digits without the country's code: +44 7700 900123, 0044 (0)7700 900123 and 07700 900123 are one.
    static func phone(_ bytes: UnsafeBufferPointer<UInt8>, into out: UnsafeMutablePointer<UInt8>) -> Int {
        var count = 0, plus = false
        for (at, byte) in bytes.enumerated() where count < 24 {
            if byte == 43, count == 0 { plus = true }
            // A spreadsheet's 7700900123.0
            if byte == 46, at + 2 == bytes.count, bytes[at + 1] == 48 { break }
            guard (48...57).contains(byte) else { continue }
            out[count] = byte
            count += 1
        }
        var from = 0
        if count > 4, out[0] == 48, out[1] == 48, out[2] == 52, out[3] == 52 {
            from = 4
        } else if count > 11, out[0] == 52, out[1] == 52, plus || count == 12 {
            from = 2
        }
        while from < count, out[from] == 48 { from += 1 }
        for at in from..<max(from, count) { out[at - from] = out[at] }
        count = max(0, count - from)
        return count < 6 || isOneDigit(out, count) ? 0 : count
    }

    /// An NHS number's ten digits, right or wrong; a spreadsheet's 9991234567.0 too.
    static func nhsNumber(_ bytes: UnsafeBufferPointer<UInt8>, into out: UnsafeMutablePointer<UInt8>) -> Int {
        var count = 0
        for (at, byte) in bytes.enumerated() where count < 16 {
            if byte == 46, at + 2 == bytes.count, bytes[at + 1] == 48 { break }
            guard (48...57).contains(byte) else { continue }
            out[count] = byte
            count += 1
        }
        return count < 6 || isOneDigit(out, count) ? 0 : count
    }

    /// Whether ten digits carry the check digit of the NHS Data Dictionary (modulus 11).
    static func isValidNHSNumber(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        guard digits.count == 10, digits.allSatisfy({ (48...57).contains($0) }) else { return false }
        var sum = 0
        for at in 0..<9 { sum += Int(digits[at] - 48) * (10 - at) }
        let check = (11 - sum % 11) % 11
        return check != 10 && check == Int(digits[9] - 48)
    }

    /// F or M; everything else (indeterminate, not known, a code nobody explained) is not compared.
    static func sex(_ text: UnsafePointer<UInt8>, _ count: Int) -> UInt8 {
        guard count > 0 else { return 0 }
        switch (text[0], count) {
        case (102, 1), (102, 6...), (119, 5), (50, 1): return 70
        case (109, 1), (109, 3...4), (49, 1): return 77
        default: return 0
        }
    }

    private static func isOneDigit(_ text: UnsafeMutablePointer<UInt8>, _ count: Int) -> Bool {
        (1..<max(1, count)).allSatisfy { text[$0] == text[0] }
    }
}
