import CPopcount
@testable import Linkage
import Testing

@Suite("Linking encoded records") struct EncodedLinkageTests {
    @Test func `every way of counting finds what counting bit by bit finds`() {
        var people = InventedPeople(0, seed: 3)
        var filters: [UInt64] = []
        for record in 0..<150 {
            for word in 0..<16 {
                let fresh = UInt64(people.below(1 << 62)) & UInt64(people.below(1 << 62))
                // Some are like the one before but for a few words.
                filters.append(record % 3 == 1 && word > record % 7 ? filters[filters.count - 16] : fresh)
            }
        }
        func bits(_ a: Int, _ b: Int) -> Int {
            (0..<16).reduce(0) { $0 + (filters[a * 16 + $1] & filters[b * 16 + $1]).nonzeroBitCount }
        }
        var expected: Set<[UInt32]> = []
        for a in 0..<150 {
            for b in (a + 1)..<150 where 20 * bits(a, b) >= 7 * (bits(a, a) + bits(b, b)) {
                expected.insert([UInt32(a), UInt32(b)])
            }
        }
        #expect(expected.count > 20)
        let index = DiceIndex(filters)
        for way in DiceIndex.ways {
            let found = index.pairs(over: 7, under: 10, way: way).pairs
            #expect(Set(found.map { [$0.0, $0.1] }) == expected && found.count == expected.count, "way \(way)")
        }
        #expect(cpop_and4([1, 3, 7, .max], [1, 1, 15, .max]) == 1 + 1 + 3 + 64)
    }

    @Test(arguments: [(EncodingMode.field, 0.97), (.record, 0.85)])
    func `records of one person meet again without a name, the same for any order of files`(
        _ mode: EncodingMode, _ least: Double
    ) throws {
        let people = InventedPeople(600, seed: 11), file = try EncodedFile(InventedPeople.encoded(people.csv, mode))
        let set = try EncodedSet([file]), linked = EncodedLinkage(set)
        let tokens = Encoding.recordTokens(InventedPeople.key)
        var person: [UInt64: Int] = [:]
        for (number, one) in people.people {
            person[tokens(number.hasSuffix("-0") ? "police" : "refuge", number)] = one.person
        }
        var right = 0, found = 0, first: [Int32: Int] = [:]
        for (place, record) in set.records.enumerated() {
            if let other = first[linked.people[place]] {
                found += 1
                if person[set.records[other]] == person[record] { right += 1 }
            } else { first[linked.people[place]] = place }
        }
        #expect(Double(2 * right) / Double(found + 200) >= least, "\(right) of \(found), 200 there are")
        #expect(EncodedLinkage(set).people == linked.people)
    }

    @Test func `what is typed in different ways is read alike`() throws {
        func name(_ text: String) -> EncodedText.Name {
            var name = EncodedText.Name()
            Array(text.utf8).withUnsafeBufferPointer { EncodedText.read($0, into: &name) }
            return name
        }
        #expect(name("O'Brien").codes == name("OBRIEN").codes && name("Zoë").codes == name("zoe").codes)
        #expect(name("Smith-Jones").codes == name(" SMITH  JONES ").codes)
        #expect(name("Łukasz").codes == name("LUKASZ").codes)
        #expect(name("!?").isEmpty)
        let group = { (text: String) in EncodedForenames.representative[name(text).packed] ?? name(text).packed }
        #expect(group("Sue") == group("SUSAN") && group("Liz") == group("Elizabeth") && group("Sue") != group("Ann"))
        func date(_ text: String) -> EncodedDate? { Array(text.utf8).withUnsafeBufferPointer { EncodedDate($0) } }
        #expect(date("1985-03-14") == date("14/03/1985") && date("19850314") == date("14.3.1985 00:00"))
        for wrong in ["1985-02-30", "14/03/85", "x", "", "1885-01-01", "1985-3"] { #expect(date(wrong) == nil) }
        func postcode(_ text: String) -> UInt64? {
            Array(text.utf8).withUnsafeBufferPointer { EncodedText.postcode($0) }.map { $0.packed($0.count) }
        }
        #expect(postcode("le15 6ab") == postcode("LE156AB") && postcode("LE15") != nil && postcode("n/a") == nil)
        func nhs(_ text: String) -> UInt64? { Array(text.utf8).withUnsafeBufferPointer { EncodedText.nhsNumber($0) } }
        #expect(nhs("943 476 5919") == 9_434_765_919 && nhs("9434765918") == nil && nhs("0000000000") == nil)
    }
}
