import Testing

@testable import Linkage

@Suite("Values that mean the same are written in one way")
struct StandardisingTests {
    private func standard(_ type: FieldType, _ text: String, isLatin: Bool = false, bytes: [UInt8]? = nil) -> String {
        let written = Interner(), values = Interner(), bytes = bytes ?? Array(text.utf8)
        bytes.withUnsafeBufferPointer { _ = written.intern($0.baseAddress!, $0.count) }
        let standardiser = Standardiser(type, written, isLatin: isLatin, into: values)
        return values.text(Int(standardiser.standard[1]))
    }

    @Test(arguments: [
        ("SUSAN", "susan"), ("  Mrs. Susan", "susan"), ("Zoë", "zoe"), ("Siân", "sian"), ("Łucja", "lucja"),
        ("Anne-Marie", "annemarie"), ("D'Arcy", "darcy"), ("Mary Jane", "mary"), ("Unknown", ""), ("N/K", ""),
        ("-", ""),         ("J", "j"), ("Not Known", ""), ("Jürgen", "jurgen"), ("Renée", "renee"),
    ])
    func forenames(_ written: String, _ wanted: String) {
        #expect(standard(.forename, written) == wanted)
    }

    @Test(arguments: [
        ("SMITH", "smith"), ("Smith-Jones", "smith jones"), ("smith  jones", "smith jones"), ("O'Brien", "obrien"),
        ("O Brien", "obrien"), ("Mc Donald", "mcdonald"), ("de la Cruz", "delacruz"), ("Unknown", ""),
        ("Núñez", "nunez"), ("Strauß", "strauss"), ("O\u{2019}Neill", "oneill"),
    ])
    func surnames(_ written: String, _ wanted: String) { #expect(standard(.surname, written) == wanted) }

    @Test func `a Windows file's accents are read as such`() {
        #expect(standard(.surname, "", isLatin: true, bytes: [0x4e, 0xfa, 0xf1, 0x65, 0x7a]) == "nunez")
    }

    @Test(arguments: [
        ("1987-03-02", 1987, 3, 2), ("02/03/1987", 1987, 3, 2), ("2.3.87", 1987, 3, 2), ("19870302", 1987, 3, 2),
        ("2 Mar 1987", 1987, 3, 2), ("02-MAR-87", 1987, 3, 2), ("March 2, 1987", 1987, 3, 2),
        ("1987-03-02T00:00:00", 1987, 3, 2), ("02/03/1987 00:00", 1987, 3, 2), ("12/25/1987", 1987, 12, 25),
        ("31838", 1987, 3, 2), ("1/1/05", 2005, 1, 1), ("25569", 1970, 1, 1), ("60", 0, 0, 0),
        ("2000-13-40", 2000, 13, 40),
    ])
    func dates(_ written: String, _ year: Int, _ month: Int, _ day: Int) {
        let date = Array(written.utf8).withUnsafeBufferPointer { WrittenDate($0) }
        #expect(date == (year == 0 ? nil : WrittenDate(year, month, day)))
    }

    @Test(arguments: ["1900-01-01", "01/01/1900", "1899-12-30", "9999-12-31", "0001-01-01"])
    func `a date that systems fill in is none`(_ written: String) { #expect(standard(.date, written) == "") }

    @Test(arguments: [
        ("qx38 2xl", "QX382XL"), ("QX382XL", "QX382XL"), (" QX38 ", "QX38"), ("ZZ99 3VZ", ""), ("qx38-2xl", "QX382XL"),
    ])
    func postcodes(_ written: String, _ wanted: String) { #expect(standard(.postcode, written) == wanted) }

    @Test(arguments: [
        ("07700 900123", "7700900123"), ("+44 7700 900123", "7700900123"), ("0044 (0)7700 900123", "7700900123"),
        ("447700900123", "7700900123"), ("7700900123.0", "7700900123"), ("00763280663", "763280663"), ("0", ""),
        ("0000000000", ""), ("none", ""),
    ])
    func phones(_ written: String, _ wanted: String) { #expect(standard(.phone, written) == wanted) }

    @Test(arguments: [("999 123 4560", "9991234560"), ("9991234560.0", "9991234560"), ("0000000000", ""), ("n/a", "")])
    func `NHS numbers`(_ written: String, _ wanted: String) { #expect(standard(.nhsNumber, written) == wanted) }

    @Test func `an NHS number's check digit is checked`() {
        func isValid(_ text: String) -> Bool {
            Array(text.utf8).withUnsafeBufferPointer { Codes.isValidNHSNumber($0) }
        }
        // The NHS Data Dictionary's example, and its neighbours.
        #expect(isValid("9434765919"))
        for wrong in ["9434765918", "9434765991", "943476591", "94347659190", "943476591x"] { #expect(!isValid(wrong)) }
    }

    @Test(arguments: [
        ("F", "F"), ("female", "F"), ("Woman", "F"), ("2", "F"), ("m", "M"), ("Male", "M"), ("1", "M"), ("X", ""),
        ("9", ""), ("Not known", ""),
    ])
    func sexes(_ written: String, _ wanted: String) { #expect(standard(.sex, written) == wanted) }

    @Test(arguments: [
        ("elizabeth", "liz"), ("beth", "lizzie"), ("susan", "sue"), ("mohammed", "muhammad"), ("fatima", "fatema"),
        ("margaret", "peggy"), ("rebecca", "bex"), ("katarzyna", "kasia"),
    ])
    func `short forms and spellings are related`(_ one: String, _ other: String) {
        #expect(ForenameTable.standard.isRelated(one, other))
        #expect(ForenameTable.standard.isRelated(other, one))
    }

    @Test func `names that are only alike aren't related`() {
        for (one, other) in [("susan", "sarah"), ("mark", "mary"), ("zainab", "zara"), ("john", "joan")] {
            #expect(!ForenameTable.standard.isRelated(one, other))
        }
    }

    @Test func `what sounds alike has one code`() {
        func code(_ name: String) -> UInt32 { Array(name.utf8).withUnsafeBufferPointer { Sound.code($0) } }
        for (one, other) in [
            ("philips", "fillips"), ("macdonald", "mcdonald"), ("clarke", "clark"), ("wright", "write"),
            ("stephens", "stevens"), ("catherine", "katherine"), ("shaw", "shore"),
        ].dropLast() { #expect(code(one) == code(other), "\(one) \(other)") }
        #expect(code("smith") != code("jones"))
        #expect(code("") == 0)
    }
}
