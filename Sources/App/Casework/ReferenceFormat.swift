import Foundation

/// What a case is called between colleagues: "LW-2026-00042", the agency's letters, the year and a number. It says
/// nothing of the person.
enum ReferenceFormat {
    /// The reference of the agency's `number`th case of `year`; longer when a year has more than 99,999.
    static func text(agency name: String, year: Int, number: Int) -> String {
        let digits = String(number)
        return "\(letters(of: name))-\(year)-\(String(repeating: "0", count: max(0, 5 - digits.count)))\(digits)"
    }

    /// An agency's letters: the initials of its name's first two words, or the first three letters of a single one.
    /// One letter alone reads like a slip of the pen. References are counted by agency, so two agencies may share
    /// letters; a name without any letter of the Latin alphabet gets "CASE".
    static func letters(of name: String) -> String {
        let plain = name.decomposedStringWithCanonicalMapping.unicodeScalars.filter(\.isASCII)
        let words = String(String.UnicodeScalarView(plain)).split { !$0.isLetter && $0 != "'" }
        let letters = words.count > 1
            ? String(words.prefix(2).compactMap(\.first)) : String(words.first?.prefix(3) ?? "")
        return letters.isEmpty ? "CASE" : letters.uppercased()
    }
}
