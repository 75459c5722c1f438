import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Password rules")
struct PasswordRulesTests {
    private let names = ["Priya O'Connell-Zeld", "p.zeldina@example.org", "Invented Haven Trust"]

    private func problems(_ password: String, breached: Set<String> = []) -> [PasswordProblem] {
        PasswordRules.problems(with: password, names: names) { breached.contains($0) }
    }

    @Test("Long enough and not silly is good, whatever it is made of", arguments: [
        "correct horse battery", "coffeetrainfish", "Tr0ub4dor&3xyz", "ÀÉÎÕÜ ñandú ёлка", "12 apples, 7 pears",
        "drystone walls hold without any mortar", "priya keeps fourteen goats", "definitely first hijinks",
    ])
    func good(password: String) { #expect(problems(password) == []) }

    @Test("Length is counted in characters after accents are joined, from 12 to 128")
    func length() {
        #expect(problems("elevenchars") == [.tooShort])
        #expect(problems("twelve chars") == [])
        #expect(problems(String(repeating: "e\u{301}", count: 11)) == [.tooShort])
        #expect(problems("") == [.tooShort])
        let numbers: [UInt32] = (0..<128).map { 0x4e00 + $0 * 7 % 200 }
        let long = String(String.UnicodeScalarView(numbers.compactMap(Unicode.Scalar.init)))
        #expect(problems(long) == [])
        #expect(problems(long + "x") == [.tooLong])
    }

    @Test("Repeats and sequences are refused", arguments: [
        "aaaaaaaaaaaa", "123456789012", "abcdefghijkl", "zyxwvutsrqpo", "987654321098", "qwertyuiop12", "QWERTYUIOPas",
        "abababababab", "aaaabbbbcccc", "abc123abc123", "aAaAaAaAaAaA", "hello hello hello ",
        "111111222222", "            ", "1qaz1qaz1qaz", "AbCdEfGhIjKlMn",
    ])
    func patterns(password: String) { #expect(problems(password) == [.pattern]) }

    @Test("Made up mostly of the person's or the organisation's names is refused", arguments: [
        "priyazeldina", "PriyaOConnell1", "Priya-Zeldina!", "drystone2026", "Dryst0ne!2026", "DRYSTONEdrystone1",
        "InventedHaven", "haventrust99", "p.zeldina2026", "pr1y4z3ld1n4",
    ])
    func ownNames(password: String) { #expect(problems(password) == [.namesItsOwner]) }

    @Test("A breached password is refused, and the list is asked only about otherwise good ones")
    func breached() {
        #expect(problems("liverpool fc 4ever", breached: ["liverpool fc 4ever"]) == [.breached])
        var asked = 0
        _ = PasswordRules.problems(with: "aaaaaaaaaaaa", names: []) { _ in asked += 1; return true }
        #expect(asked == 0)
    }

    @Test("Messages begin as the Design System's do and state the limits")
    func messages() {
        #expect(PasswordProblem.tooShort.message == "Password must be 12 characters or more")
        #expect(PasswordProblem.tooLong.message == "Password must be 128 characters or fewer")
    }
}
