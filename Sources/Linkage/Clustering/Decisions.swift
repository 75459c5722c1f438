/// What a person decided about two records. It outranks whatever the model says.
public struct LinkDecision: Equatable, Sendable {
    public let one: String
    public let other: String
    public let isSame: Bool

    public init(_ one: String, _ other: String, isSame: Bool) {
        (self.one, self.other, self.isSame) = (one, other, isSame)
    }

    /// Reads lines of record_id_l,record_id_r,same or different.
    public static func read(_ path: String) throws(LinkageProblem) -> [LinkDecision] {
        let file = try MappedFile(path)
        var rows = CSVRows(file.bytes, from: file.bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0, separator: 44)
        let room = UnsafeMutablePointer<CSVRows.Field>.allocate(capacity: 3)
        defer { room.deallocate() }
        var decisions: [LinkDecision] = [], isFirst = true
        while let row = rows.next(into: room, atMost: 3) {
            guard case .fields(3) = row else {
                throw LinkageProblem("\(path), line \(rows.line): three values are needed.")
            }
            let words = (0..<3).map { place in
                String(decoding: file.bytes[room[place].start..<(room[place].start + room[place].count)], as: UTF8.self)
                    .split(separator: " ").joined(separator: " ")
            }
            defer { isFirst = false }
            if isFirst, words[0] == "record_id_l" { continue }
            guard words[2] == "same" || words[2] == "different" else {
                throw LinkageProblem("\(path), line \(rows.line): the third value must be same or different.")
            }
            decisions.append(LinkDecision(words[0], words[1], isSame: words[2] == "same"))
        }
        return decisions
    }
}

/// Decisions by record. Those about records that aren't there are counted and left.
struct Decisions {
    private(set) var same: [(Int, Int)] = []
    private var isSame: [UInt64: Bool] = [:]
    private(set) var unknown = 0

    var isEmpty: Bool { isSame.isEmpty }

    init(_ decisions: [LinkDecision], _ records: Records) throws(LinkageProblem) {
        if decisions.isEmpty { return }
        let names = Set(decisions.flatMap { [$0.one, $0.other] })
        var places: [String: Int] = [:]
        for record in 0..<records.count {
            let name = records.table.name(record)
            if names.contains(name) { places[name] = record }
        }
        var groups = Components(records.count)
        for decision in decisions {
            guard let one = places[decision.one], let other = places[decision.other], one != other else {
                unknown += 1
                continue
            }
            if let before = isSame[Self.key(one, other)], before != decision.isSame {
                throw LinkageProblem("\(decision.one) and \(decision.other) are decided to be same and different.")
            }
            isSame[Self.key(one, other)] = decision.isSame
            if decision.isSame {
                same.append((one, other))
                groups.join(one, other)
            }
        }
        for decision in decisions where !decision.isSame {
            guard let one = places[decision.one], let other = places[decision.other] else { continue }
            if groups.root(one) == groups.root(other) {
                throw LinkageProblem(
                    "\(decision.one) and \(decision.other) are decided to be different, and by way of others the same.")
            }
        }
    }

    func of(_ one: Int, _ other: Int) -> Bool? { isSame[Self.key(one, other)] }

    private static func key(_ one: Int, _ other: Int) -> UInt64 {
        UInt64(min(one, other)) << 32 | UInt64(max(one, other))
    }
}
