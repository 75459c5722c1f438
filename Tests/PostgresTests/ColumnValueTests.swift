import Foundation
import Postgres
import Testing

@Suite("Values as text, without a database")
struct ColumnValueTests {
    @Test(
        "a moment reads as PostgreSQL prints it",
        arguments: [
            ("2026-01-02 03:04:05.123+00", 1_767_323_045.123), ("1970-01-01 00:00:00+00", 0),
            ("1969-12-31 23:59:59.5+00", -0.5), ("2024-02-29 12:00:00+01", 1_709_204_400),
            ("2024-02-29 12:00:00-03:30", 1_709_220_600), ("1880-01-01 00:00:00-00:01:15", -2_840_140_725),
            ("0001-01-01 00:00:00+00", -62_135_596_800), ("12026-01-02 00:00:00+00", 317_336_832_000),
        ])
    func moments(text: String, seconds: Double) throws {
        let date = try #require(Date(column: text))
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_001)
        #expect(Date(column: date.column) == date)
    }

    @Test(
        "what is no moment is refused, not guessed",
        arguments: [
            "", "2026-01-02", "2026-01-02 03:04:05", "infinity", "-infinity", "0044-03-15 12:00:00+00 BC",
            "2026-13-02 03:04:05+00", "2026-01-02 03:04:05.1234567+00", "2026-01-02 03:04:05.+00",
            "2026-01-02 24:00:00+00", "2026-01-02T03:04:05+00", "2026-01-02 03:04:05+00 ",
        ])
    func notMoments(text: String) {
        #expect(Date(column: text) == nil)
    }

    @Test("every microsecond of a moment between 1730 and 2270 survives")
    func microseconds() {
        var random = Repeatable(state: 7)
        for _ in 0..<20_000 {
            let microseconds = Int64.random(in: -8_550_000_000_000_000...8_520_000_000_000_000, using: &random)
            let seconds = microseconds / 1_000_000, rest = microseconds % 1_000_000
            let date = Date(timeIntervalSinceReferenceDate: Double(seconds) + Double(rest) / 1_000_000)
            let text = date.column
            #expect(Date(column: text)?.column == text)
        }
    }

    @Test("a moment beyond PostgreSQL's calendar becomes text that it refuses")
    func outOfRange() {
        for seconds in [1e15, -1e12, .nan, .infinity, 9_224_286_393_600, -62_135_596_801] {
            #expect(Date(timeIntervalSince1970: seconds).column == "out of range")
        }
    }

    @Test("an array literal reads back with quotes, backslashes, commas, braces and empty strings")
    func arrays() {
        let awkward = ["", "a", "a b", #"say "hi""#, #"back\slash"#, "a,b", "{a}", "NULL", "null", "é\n\t", "\"", "\\"]
        #expect([String](column: awkward.column) == awkward)
        #expect([String](column: #"{a,"b c",NULLS,x\,y}"#) == ["a", "b c", "NULLS", "x,y"])
        #expect([Int](column: "{1,-2,3}") == [1, -2, 3])
        #expect([Int](column: "{}") == [])
        #expect([Int]().column == "{}")
    }

    @Test(
        "an array with NULL, more dimensions or a broken end is refused",
        arguments: [
            "{1,NULL}", "{{1},{2}}", "{1", "1}", "{1,}", "{,1}", #"{"1}"#, #"{1\}"#, "", "{", "{1}}", #"{"a"b}"#, "{x}",
            "[0:1]={1,2}",
        ])
    func notArrays(text: String) {
        #expect([Int](column: text) == nil)
    }

    @Test("bytes, booleans and identifiers have PostgreSQL's forms")
    func forms() throws {
        #expect(Data([0, 15, 255]).column == #"\x000fff"#)
        #expect(Data(column: #"\x000FfF"#) == Data([0, 15, 255]))
        #expect(Data(column: #"\x"#) == Data())
        for text in ["", #"\x0"#, #"\x0g"#, "000f"] { #expect(Data(column: text) == nil) }
        #expect(Bool(column: "t") == true && Bool(column: "f") == false && Bool(column: "true") == nil)
        #expect(true.column == "t" && false.column == "f")
        let id = try #require(UUID(uuidString: "6F9619FF-8B86-D011-B42D-00C04FC964FF"))
        #expect(id.column == "6f9619ff-8b86-d011-b42d-00c04fc964ff")
        #expect(UUID(column: id.column) == id && UUID(column: id.uuidString) == id)
        for text in ["", "6f9619ff", "6f9619ff-8b86-d011-b42d-00c04fc964fg", "6f9619ff08b86-d011-b42d-00c04fc964ff",
                     "6f9619ff-8b86-d011-b42d-00c04fc964ff0", "{f9619ff-8b86-d011-b42d-00c04fc964ff"] {
            #expect(UUID(column: text) == nil)
        }
        #expect(Double(column: "NaN")?.isNaN == true && Double(column: "-Infinity") == -.infinity)
    }

    @Test("an enum with a raw value is a value by name alone")
    func enums() {
        #expect(Colour(column: "green") == .green)
        #expect(Colour(column: "mauve") == nil)
        #expect(Colour.red.column == "red")
    }

    private enum Colour: String, ColumnValue { case red, green }

    /// SplitMix64: the same numbers in every run.
    private struct Repeatable: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
