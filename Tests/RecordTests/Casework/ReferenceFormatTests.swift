import Testing
@testable import App
@testable import AppTestSupport

@Suite("References of cases")
struct ReferenceFormatTests {
    @Test(arguments: [
        ("Lighthouse Women", "LW"), ("FreeVA", "FRE"), ("Harbour", "HAR"), ("Élan", "ELA"), ("O", "O"),
        ("Living Without Abuse", "LW"), ("  St. Anne’s House ", "SA"), ("24/7 Helpline", "HEL"), ("Приют", "CASE"),
        ("", "CASE"),
    ])
    func `an agency's letters are its words' initials, or the first three letters of one word`(
        _ name: String, _ letters: String
    ) {
        #expect(ReferenceFormat.letters(of: name) == letters)
    }

    @Test func `the number has five digits, and more when a year needs them`() {
        #expect(ReferenceFormat.text(agency: "FreeVA", year: 2026, number: 42) == "FRE-2026-00042")
        #expect(ReferenceFormat.text(agency: "FreeVA", year: 2026, number: 123_456) == "FRE-2026-123456")
    }
}
