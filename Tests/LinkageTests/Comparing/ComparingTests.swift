import Testing

@testable import Linkage

@Suite("Strings are compared as textbooks say, only faster")
struct ComparingTests {
    private let comparer = StringComparer()

    private func with<Value>(
        _ one: [UInt8], _ other: [UInt8], _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Value
    ) -> Value {
        one.withUnsafeBufferPointer { one in other.withUnsafeBufferPointer { body(one, $0) } }
    }

    /// Optimal string alignment, cell by cell.
    private func plainDistance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var rows = [[Int]](repeating: [Int](repeating: 0, count: other.count + 1), count: one.count + 1)
        for at in 0...one.count { rows[at][0] = at }
        for at in 0...other.count { rows[0][at] = at }
        for i in 1..<max(1, one.count + 1) {
            for j in 1..<max(1, other.count + 1) {
                var best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1)
                best = min(best, rows[i - 1][j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1))
                if i > 1, j > 1, one[i - 1] == other[j - 2], one[i - 2] == other[j - 1] {
                    best = min(best, rows[i - 2][j - 2] + 1)
                }
                rows[i][j] = best
            }
        }
        return rows[one.count][other.count]
    }

    /// Jaro and Winkler, letter by letter.
    private func plainLikeness(_ one: [UInt8], _ other: [UInt8]) -> Double {
        if one.isEmpty || other.isEmpty { return one.count == other.count ? 1 : 0 }
        let reach = max(0, max(one.count, other.count) / 2 - 1)
        var taken = [Bool](repeating: false, count: one.count), letters: [UInt8] = []
        for (at, letter) in other.enumerated() {
            let low = max(0, at - reach), high = min(one.count - 1, at + reach)
            if low > high { continue }
            if let place = (low...high).first(where: { !taken[$0] && one[$0] == letter }) {
                taken[place] = true
                letters.append(letter)
            }
        }
        if letters.isEmpty { return 0 }
        let mine = one.indices.filter { taken[$0] }.map { one[$0] }
        let misplaced = zip(mine, letters).count { $0 != $1 } / 2, common = Double(letters.count)
        let parts = common / Double(one.count) + common / Double(other.count)
        let jaro = (parts + (common - Double(misplaced)) / common) / 3
        let same = zip(one, other).prefix(4).prefix { $0 == $1 }.count
        return jaro + Double(same) * 0.1 * (1 - jaro)
    }

    @Test func `distances and likenesses of random words are the textbook's`() {
        var dice = Dice(7)
        for _ in 0..<4_000 {
            let letters = 2 + dice.below(5)
            func word() -> [UInt8] { (0..<dice.below(14)).map { _ in UInt8(97 + dice.below(letters)) } }
            let (one, other) = (word(), word())
            #expect(with(one, other) { comparer.distance($0, $1) } == plainDistance(one, other), "\(one) \(other)")
            let (fast, plain) = (with(one, other) { comparer.likeness($0, $1) }, plainLikeness(one, other))
            #expect(abs(fast - plain) < 1e-12, "\(one) \(other) \(fast) \(plain)")
        }
    }

    @Test func `long words are compared by their first 64 letters`() {
        let long = [UInt8](repeating: 97, count: 90)
        #expect(with(long, long) { comparer.distance($0, $1) } == 0)
        #expect(with(long, long) { comparer.likeness($0, $1) } == 1)
    }

    @Test(arguments: [
        (1987, 3, 2, 1987, 2, 3, Level.Date.swapped), (1987, 3, 2, 1987, 1, 1, Level.Date.placeholder),
        (1987, 3, 2, 1988, 3, 2, Level.Date.nearYear), (1987, 3, 2, 1977, 3, 2, Level.Date.nearYear),
        (1987, 3, 2, 1987, 3, 12, Level.Date.nearDay), (1987, 3, 2, 1987, 3, 20, Level.Date.otherDay),
        (1987, 3, 2, 1987, 9, 2, Level.Date.otherMonth), (1987, 3, 2, 1987, 9, 8, Level.Date.sameYear),
        (1987, 3, 2, 1984, 3, 2, Level.Date.sameDayAndMonth), (1987, 3, 2, 1980, 9, 8, Level.Date.years),
        (1987, 3, 2, 1967, 9, 8, Level.different),
    ])
    func dates(_ a: Int, _ b: Int, _ c: Int, _ d: Int, _ e: Int, _ f: Int, _ level: Int) {
        let (one, other) = (WrittenDate(a, b, c).packed, WrittenDate(d, e, f).packed)
        #expect(Comparer.dates(one, other) == level)
        #expect(Comparer.dates(other, one) == level)
    }

    @Test func `a pair compares the same from both ends, and each way of differing has its level`() throws {
        let extracts = try Extracts()
        let rows = [
            "A,x,,Susan,,Smith,1980-05-06,F,QX38 2XL,9434765919,07700900123",
            "B,x,,Sue,,Smyth,1980-06-05,F,QX38 2XM,9434765999,07700900124",
            "C,x,,Smith,,Susan,1980-05-06,F,QX38,9434765919,07700900123",
            "D,x,,S,,Smith-Jones,,M,QX1 1AA,,",
            "E,x,,Anna,Susan,Smith,1960-01-01,F,QX38 3AB,,",
        ]
        let table = RawTable(.standard)
        try table.add(MappedFile(try extracts.file("a.csv", [Extracts.heading] + rows)), isStandard: true) { _ in }
        let records = Records(table), comparer = Comparer(records)
        func level(_ one: Int, _ other: Int, _ field: Int) -> Int {
            #expect(comparer.compare(one, other) == comparer.compare(other, one))
            return Int(comparer.compare(one, other) >> UInt64(field * 5) & 31)
        }
        #expect(level(0, 1, 0) == Level.Name.related)
        #expect(level(0, 1, 2) == Level.Name.oneEdit)
        #expect(level(0, 1, 3) == Level.Date.swapped)
        #expect(level(0, 1, 5) == Level.Postcode.oneEdit)
        #expect(level(0, 1, 7) == Level.Number.oneEdit)
        #expect(level(0, 2, 0) == Level.Name.crossed)
        #expect(level(0, 2, 2) == Level.missing)
        #expect(level(0, 2, 5) == Level.Postcode.outward)
        #expect(level(0, 2, 6) >= Level.same)
        #expect(level(0, 3, 0) == Level.Name.initial)
        #expect(level(0, 3, 2) == Level.Name.part)
        #expect(level(0, 3, 3) == Level.missing)
        #expect(level(0, 3, 4) == Level.different)
        #expect(level(0, 4, 0) == Level.Name.middle)
        #expect(level(0, 4, 5) == Level.Postcode.area)
    }
}
