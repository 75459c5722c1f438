import Foundation
import Linkage
import Testing

@testable import App
@testable import AppTestSupport

/// Files as agencies write them, read without a database.
@Suite("Reading what agencies send")
struct DataReadingTests {
    private static let columns: [DataColumn] = (try? SpecificationText.columns("""
        record_id | record | needed
        event_date | date | needed
        surname | name
        dob | birth
        sex | category | needed | female = Female; male = Male
        nhs_number | nhs
        postcode | postcode
        """)) ?? []
    private static let year = Period(
        from: Day(year: 2025, month: 4, day: 1)!, until: Day(year: 2026, month: 3, day: 31)!)

    struct Outcome {
        let rows: [ReadRow]
        let reading: TableReading
        let layout: FileLayout
        func field(_ name: String) -> DataProfile.Field? { reading.profile.fields.first { $0.name == name } }
    }

    /// Reads it in pieces of `size` bytes, as it would come.
    private func read(
        _ bytes: [UInt8], size: Int = 1 << 20, mapped: [String: [String: String]] = [:]
    ) throws -> Outcome {
        var pieces = FilePieces(), parts: [[UInt8]] = [], at = 0
        while at < bytes.count {
            parts += try pieces.take(Array(bytes[at..<min(bytes.count, at + size)]), isLast: false)
            at += size
        }
        parts += try pieces.take([], isLast: true)
        let whole = parts.flatMap(\.self)
        let layout = try FileLayout.find(whole, Self.columns, isUTF8: pieces.isUTF8).get()
        var reading = TableReading(Self.columns, layout, Self.year, mapped: mapped)
        var rows: [ReadRow] = [], from = 0
        while from < whole.count {
            let until = min(whole.count, from + size)
            rows += try reading.take(Array(whole[from..<until]), isLast: until == whole.count)
            from = until
        }
        return Outcome(rows: rows, reading: reading, layout: layout)
    }

    private func read(_ text: String, size: Int = 1 << 20) throws -> Outcome { try read(Array(text.utf8), size: size) }

    private static let head = "record_id,event_date,surname,dob,sex,nhs_number,postcode\n"

    @Test func `a row without names has months, ages, codes and districts, and nothing else of it`() throws {
        let out = try read(Self.head + "A1,17/06/2025,O'Shea-Lind,12/05/1984,Female,943 476 5919,LE15 6HP\n")
        #expect(out.rows.map(\.answers) == [["2025-06", "41", "female", "LE15"]])
        #expect(out.rows[0].remarks == [] && !out.rows[0].isBad)
        #expect(out.rows[0].line == 2)
        #expect(out.field("nhs_number")?[.given] == 1 && out.field("surname")?[.given] == 1)
    }

    @Test(arguments: [1, 2, 3, 7, 64, 1 << 20]) func `the size of the pieces changes nothing`(_ size: Int) throws {
        let text = Self.head + "A1,17/06/2025,\"Quoted, with \"\"marks\"\"\nand a line\",,male,,\r\n"
            + "\r\nA2,2025-07-01,Ó Brádaigh,1/1/1990,female,,\nA3,3 July 2025,\"open,,male,,\nA4,04.07.2025,x,,male,,"
        let (one, whole) = (try read(text, size: size), try read(text))
        #expect(one.rows == whole.rows)
        #expect(one.reading.profile == whole.reading.profile)
        #expect(whole.rows.map(\.line) == [2, 5, 6, 7])
        #expect(whole.rows.map(\.isBad) == [false, false, true, false])
        #expect(whole.rows[2].remarks == [":quote"])
        // A row is found again by where it stands.
        let last = whole.rows[3]
        let bytes = Array(Array(text.utf8)[last.place..<(last.place + last.bytes)])
        #expect(FileText.cells(bytes, whole.layout)?.first == "A4")
    }

    @Test func `semicolons, tabs, a mark of bytes, other encodings and names on line four are understood`() throws {
        let body = "Record ID;Event date;Last name;Date of birth;Gender;NHS no;Postcode\r\nA1;17/06/2025;Zoë;;male;;\r\n"
        let above = "Extract of June;;;;;;\r\n\r\n;;;;;;\r\n"
        let latin = try read(Array((above + body).unicodeScalars.map { UInt8($0.value) }))
        #expect(!latin.layout.isUTF8 && latin.layout.separator == 59 && latin.layout.headLine == 4)
        #expect(latin.rows.map(\.line) == [5])
        let marked = try read([0xef, 0xbb, 0xbf] + Array(body.utf8))
        #expect(marked.layout.isUTF8 && marked.rows.count == 1)
        for isLow in [true, false] {
            let units = body.utf16.flatMap { isLow ? [UInt8($0 & 255), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 255)] }
            for mark in [isLow ? [0xff, 0xfe] : [0xfe, 0xff], []] as [[UInt8]] {
                #expect(try read(mark + units, size: 5).rows == marked.rows)
            }
        }
        #expect(try read("sep=;\n" + body).layout.headLine == 2)
        #expect(try read(body.replacing(";", with: "\t")).layout.separator == 9)
    }

    @Test func `what can't be used is set aside with its reason, and counted`() throws {
        let out = try read(Self.head + """
            ,17/06/2025,,,male,,
            A2,,,,male,,
            A3,31/02/2025,,,male,,
            A4,17/06/2019,,,male,,
            A5,17/06/2025,,,,,
            A6,17/06/2025,,,male,,
            A6,18/06/2025,,,male,,
            A7,17/06/2025,male
            A8,17/06/2025,,,male,,,,extra
            A9,01/01/1900,,,male,,
            =A1,17/06/2025,,,male,,
            ,,,,,,
            A10,17/06/2025,,,male,,,,
            """)
        let reasons = [
            ["record_id:empty"], ["event_date:empty"], ["event_date:unreadable"], ["event_date:outside"], ["sex:empty"], [],
            ["record_id:repeated"], [":fields"], [":fields"], ["event_date:standIn"], ["record_id:formula"], [],
        ]
        #expect(out.rows.map(\.remarks) == reasons)
        #expect(out.rows.map(\.isBad) == reasons.map { !$0.isEmpty })
        #expect(out.rows.filter(\.isBad).flatMap(\.answers) == [])
        let profile = out.reading.profile
        #expect((profile.rows, profile.bad, profile.repeated, profile.blank, profile.base) == (12, 10, 1, 1, 2))
    }

    @Test func `what a spreadsheet did is put right where it can be, and else said`() throws {
        let out = try read(Self.head + """
            A1,45825,,30814,male,9434765919.0,
            A2,17/06/2025,,,male,9.43477E+09,
            A3,17/06/2025,,=TODAY(),male,9434765918,
            A4,17/06/2025,,9/9/84,male,,
            A5,17/06/2025,,01/01/1900,male,,ZZ99 3VZ
            A6,17/06/2025,,12/12/2030,male,,not one
            A7,17/06/2025,,01/01/1999,male,,
            A8,17/06/2025,,31/12/1905,male,,
            """)
        #expect(out.rows[0].answers == ["2025-06", "41", "male", ""])
        #expect(out.field("event_date")?.mended == 1 && out.field("dob")?.mended == 1)
        #expect(out.field("nhs_number")?.mended == 1)
        #expect(out.rows.map(\.remarks) == [
            [], ["nhs_number:rounded"], ["dob:formula", "nhs_number:unreadable"], ["dob:unreadable"], ["dob:standIn"],
            ["dob:impossible", "postcode:unreadable"], [], ["dob:impossible"],
        ])
        let birth = try #require(out.field("dob"))
        #expect((birth[.given], birth[.standIn], birth[.impossible], birth[.unreadable], birth.newYears) == (2, 1, 2, 2, 1))
        // Nothing is known of one in eight births at least: 6 of 8.
        #expect(out.reading.profile.unknownShare(birth) == 750)
        #expect(out.field("postcode")?[.notKnown] == 1)
    }

    @Test func `no answer is changed silently: it is accepted, mapped by hand, or shown as not mapped`() throws {
        let text = Self.head + "A1,17/06/2025,,,F,,\nA2,17/06/2025,,,FEMALE,,\nA3,17/06/2025,,,unknown,,\nA4,17/06/2025,,,f,,\n"
        let plain = try read(text)
        #expect(plain.rows.map { $0.answers[2] } == ["unmapped", "female", "notKnown", "unmapped"])
        #expect(plain.reading.unmapped == ["sex": ["F": 1, "f": 1]])
        #expect(plain.reading.profile.bad == 0)
        let mapped = try read(Array(text.utf8), mapped: ["sex": ["f": "female"]])
        #expect(mapped.rows.map { $0.answers[2] } == ["female", "female", "notKnown", "female"])
        #expect(mapped.reading.unmapped.isEmpty)
    }

    private static let manyColumns: String = {
        let names: [String] = (0..<300).map { "c\($0)" }
        return names.joined(separator: ",") + "\n"
    }()

    @Test(arguments: [
        ("", FileProblem.noHead), ("a,b,c\n1,2,3\n", .noHead), ("record_id,surname\nA1,x\n", .lacksColumns),
        ("record_id,event_date,sex,Gender\n", .twice),
        (manyColumns, .tooManyColumns), ("record_id,event_date,sex," + manyColumns, .tooManyColumns),
    ]) func `a file that can't be used says why`(_ text: String, _ problem: FileProblem) {
        guard case .failure(let told) = FileLayout.find(Array(text.utf8), Self.columns, isUTF8: true) else {
            Issue.record("it was read")
            return
        }
        #expect(told.problem == problem)
        if problem == .lacksColumns { #expect(told.columns == ["event_date", "sex"]) }
    }

    @Test func `what a file is, its first bytes say`() {
        let kinds: [([UInt8], FileProblem?)] = [
            ([], .empty), ([0xd0, 0xcf, 0x11, 0xe0], .oldWorkbook),
            ([0x1f, 0x8b, 8], .archive), (Array("%PDF-1.7".utf8), .document), (Array("record_id".utf8), nil),
        ]
        for (bytes, problem) in kinds { #expect(FileProblem.sniff(bytes) == problem) }
        #expect(throws: FileProblem.notText) {
            var pieces = FilePieces()
            _ = try pieces.take([65, 66, 67, 0, 1, 2, 3], isLast: true)
        }
    }

    @Test func `more rows than two million are refused, and a row without end is one row`() throws {
        let layout = try FileLayout.find(Array(Self.head.utf8), Self.columns, isUTF8: true).get()
        var reading = TableReading(Self.columns, layout, Self.year, mapped: [:])
        _ = try reading.take(Array(Self.head.utf8), isLast: false)
        let open = Array("A1,\"".utf8) + [UInt8](repeating: 97, count: 3 << 20)
        var rows: [ReadRow] = []
        for start in stride(from: 0, to: open.count, by: 1 << 20) {
            rows += try reading.take(Array(open[start..<min(open.count, start + 1 << 20)]), isLast: false)
        }
        rows += try reading.take([], isLast: true)
        #expect(!rows.isEmpty && rows.filter(\.isBad).count == rows.count)
        #expect(throws: FileProblem.tooManyRows) {
            var many = TableReading(Self.columns, layout, Self.year, mapped: [:])
            _ = try many.take(Array(Self.head.utf8), isLast: false)
            let piece = Array(String(repeating: "x\n", count: 500_001).utf8)
            for _ in 0..<5 { _ = try many.take(piece, isLast: false) }
        }
    }

    @Test(arguments: [
        ("17/6/2025", "2025-06-17"), ("2025-06-17T00:00:00", "2025-06-17"), ("17/06/2025 13:45", "2025-06-17"),
        ("17 June 2025", "2025-06-17"), ("17-Jun-2025", "2025-06-17"), ("20250617", "2025-06-17"), ("45825", "2025-06-17"),
        ("45825.5", "2025-06-17"), ("6/17/2025", nil), ("17/06/25", nil), ("yesterday", nil), ("31/11/2025", nil),
        ("2025", nil), ("010185", nil), ("1e4", nil),
    ]) func `days are read as they are written here`(_ text: String, _ day: String?) {
        let read: String? = if case .day(let day, _) = WrittenDay(text) { day.column } else { nil }
        #expect(read == day)
    }

    @Test(arguments: ["01/01/1900", "1901-01-01", "31/12/9999", "0", "1", "30/12/1899"])
    func `a day that stands for none is told from others`(_ text: String) { #expect(WrittenDay(text) == .standIn) }

    @Test func `whatever stands in a file, it is read or refused`() {
        var state: UInt64 = 42
        func next(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        let good = Array((Self.head + "A1,17/06/2025,\"x\"\"y\",,male,943 476 5919,LE15 6HP\r\nA2,45825,é,,F,,\n").utf8)
        let marks: [UInt8] = [0, 10, 13, 34, 44, 59, 61, 0xff, 0xfe, 0xc3, 0x80]
        for _ in 0..<3_000 {
            var bytes = good
            for _ in 0...next(6) {
                let at = next(bytes.count)
                switch next(4) {
                case 0: bytes.remove(at: at)
                case 1: bytes.insert(marks[next(marks.count)], at: at)
                case 2: bytes[at] = UInt8(next(256))
                default: bytes.removeLast(min(bytes.count - 1, next(30)))
                }
            }
            if let out = try? read(bytes, size: 1 + next(40)) {
                let profile = out.reading.profile
                let bad = out.rows.filter(\.isBad).count
                #expect(profile.rows == out.rows.count && profile.bad == bad)
            }
        }
    }

    @Test func `columns are written and read again as text`() throws {
        let columns = try SpecificationText.columns(SpecificationText.usual)
        #expect(columns.count == 12 && columns.first?.isNeeded == true)
        #expect(try SpecificationText.columns(SpecificationText.text(columns)) == columns)
        for wrong in ["", "a | record\nb | record\nc | name", "a | record\nb | colour", "a | record\nB | name",
                      "a | record\nb | category", "a | record\nb | name | needed | x = y", "a | record\nid | name | maybe",
                      "a | record\nb | category | | notKnown = x", "dob | record\ndate_of_birth | birth", "a | record"] {
            #expect(throws: SpecificationText.Problem.self) { _ = try SpecificationText.columns(wrong) }
        }
    }
}
