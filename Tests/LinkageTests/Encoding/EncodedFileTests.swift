@testable import Linkage
import Testing

@Suite("Encoded files") struct EncodedFileTests {
    private static let people = InventedPeople(60, seed: 1)

    @Test func `a key as text comes back, and a wrong digit is told`() throws {
        let key = EncodingKey()
        #expect(try EncodingKey(text: key.text).bytes == key.bytes && key.bytes.count == 32)
        #expect(EncodingKey().id != key.id && key.id.count == 8)
        let wrong = key.text.replacing(String(Hexadecimal.text(key.bytes).prefix(6)), with: "00aa11")
        #expect(throws: EncodingKey.Problem.damaged) { try EncodingKey(text: wrong) }
        #expect(throws: EncodingKey.Problem.damaged) { try EncodingKey(text: String(key.text.dropLast(20))) }
        #expect(throws: EncodingKey.Problem.other) { try EncodingKey(text: "hello") }
        #expect(throws: EncodingKey.Problem.newer) { try EncodingKey(text: "drystone-encoding-key 2 x y") }
        #expect(!key.id.elementsEqual(key.bytes.prefix(8)))
    }

    @Test func `the keyed hash is SipHash-2-4: its authors' example`() {
        let hash = EncodedHash((0..<16).map(UInt8.init))
        #expect(hash((0..<15).map(UInt8.init)) == 0xa129_ca61_49be_45e5)
        #expect(hash(1, 2, 3) == hash([1, 2, 3].flatMap { [$0, 0, 0, 0, 0, 0, 0, 0] as [UInt8] }))
    }

    @Test(arguments: EncodingMode.allCases)
    func `a file is the same for the same records, comes back, and holds nothing in the clear`(
        _ mode: EncodingMode
    ) throws {
        let made = try InventedPeople.encoded(Self.people.csv, mode)
        #expect(try InventedPeople.encoded(Self.people.csv, mode) == made)
        let lines = Self.people.lines
        let turned = ([lines[0]] + lines.dropFirst().sorted().reversed()).joined(separator: "\r\n")
        let other = try EncodedFile(try InventedPeople.encoded(Array(turned.utf8), mode))
        let file = try EncodedFile(made)
        #expect(file.count == 80 && file.mode == mode && file.keyID == InventedPeople.key.id)
        // The order of rows is gone but for the list of agencies.
        #expect(other.rows.words(0) == file.rows.words(0))
        let text = String(decoding: made, as: UTF8.self).uppercased()
        for one in Self.people.people {
            #expect(!text.contains(one.value.surname.uppercased()) && !text.contains(one.key))
        }
        #expect(!text.contains("QX") && file.header.agencies.sorted() == ["police", "refuge"])
        #expect(EncodedFile.isMade(made, with: InventedPeople.key) && !EncodedFile.isMade(made, with: EncodingKey()))
        let tokens = Encoding.recordTokens(InventedPeople.key)
        #expect(file.rows.words(0).contains(tokens("police", "R5-0")))
    }

    @Test func `a file that is cut, changed, continued, newer or another kind is told as that`() throws {
        let made = try InventedPeople.encoded(Self.people.csv)
        func problem(_ bytes: [UInt8]) -> EncodedFile.Problem? {
            do throws(EncodedFile.Problem) {
                _ = try EncodedFile(bytes)
                return nil
            } catch { return error }
        }
        for cut in [8, 20, 60, 700, made.count / 2, made.count - 1] {
            #expect(problem(Array(made.prefix(cut))) == .truncated, "cut at \(cut)")
        }
        for place in [21, 100, 1_500, made.count - 70, made.count - 40, made.count - 1] {
            var changed = made
            changed[place] ^= 4
            #expect(problem(changed) == .altered, "changed at \(place)")
        }
        #expect(problem(made + [0]) == .longer && problem([]) == .other && problem(Array("name,dob".utf8)) == .other)
        var newer = made
        newer[8] = 9
        #expect(problem(newer) == .newer(9))
        // Any change, anywhere: refused, never a crash.
        var people = InventedPeople(0, seed: 5)
        for _ in 0..<150 {
            var changed = made
            changed[people.below(made.count)] ^= UInt8(1 + people.below(255))
            #expect(problem(changed) != nil)
        }
    }

    @Test func `files of another key, mode or sender twice are not linked together`() throws {
        let one = try EncodedFile(try InventedPeople.encoded(Self.people.csv))
        let whole = try EncodedFile(try InventedPeople.encoded(Self.people.csv, .record))
        let other = try EncodedFile(try InventedPeople.encoded(Self.people.csv, key: EncodingKey()))
        #expect(throws: EncodedSet.Problem.otherKey([1])) { try EncodedSet([one, other]) }
        #expect(throws: EncodedSet.Problem.otherMode([1])) { try EncodedSet([one, whole]) }
        #expect(throws: EncodedSet.Problem.twice(1)) { try EncodedSet([one, one]) }
    }

    @Test func `attributes are carried for counting, and refused where fewer than five share them`() throws {
        let file = try EncodedFile(try InventedPeople.encoded(Self.people.csv, attributes: [.year, .sex]))
        #expect(file.header.attributes.map(\.values) == [["unknown", "2023/24"], ["unknown", "female"]])
        for (people, attributes) in [(InventedPeople(9, seed: 1), [.year, .age]), (Self.people, [.area])]
            as [(InventedPeople, [EncodedAttributes.Attribute])] {
            #expect(throws: Encoding.Problem.self) {
                _ = try InventedPeople.encoded(people.csv, attributes: attributes)
            }
        }
        #expect([0, 17, 24, 25, 34, 35, 74, 90].map(EncodedAttributes.ageBand) == [
            "0-5", "16-17", "18-24", "25-34", "25-34", "35-44", "65-74", "75+",
        ])
    }

    @Test func `the quality profile is made where fields can be seen, as rates`() throws {
        let csv = """
            record_id,forename,surname,dob,nhs_number,extra
            1,Ann,Unknown,1900-01-01,9434765919,x
            2,,Smith,1980-01-01,9434765918,x
            3,Mrs Ann,Smith,31/02/1980,,x
            4,Ann,Smith,03/04/1980,943 476 5919,x
            """
        let outcome = try Array(csv.utf8).withUnsafeBufferPointer { try Encoding.encode($0, .init(InventedPeople.key)) }
        let fields = outcome.profile.fields
        #expect(fields["forename"] == .init(missing: 2_500, unknown: 0, unreadable: 0))
        #expect(fields["surname"]?.unknown == 2_500 && fields["dob"]?.unknown == 2_500)
        #expect(fields["dob"]?.unreadable == 2_500 && fields["nhs_number"]?.unreadable == 2_500)
        #expect(fields["phone"] == nil && outcome.unused == ["extra"])
    }

    @Test(arguments: [
        ("", "empty"), ("a,b\n1,2", "needs surname"), ("surname\n", "no records"), ("surname,dob\nSmith", "line 2"),
        ("surname\n\"Smith", "never closed"), ("surname,surname\na,b", "two columns"), ("PK\u{3}\u{4}", "spreadsheet"),
        ("record_id,surname\n1,a\n1,b", "twice"), ("surname\n\"a\"b", "closing quote"), ("a\0b", "UTF-8"),
    ]) func `a file that can't be encoded says why`(_ text: String, _ hint: String) {
        do {
            _ = try InventedPeople.encoded(Array(text.utf8))
            Issue.record("encoded")
        } catch Encoding.Problem.file(let problem) {
            #expect(problem.contains(hint), "\(problem)")
        } catch { Issue.record("\(error)") }
    }
}
