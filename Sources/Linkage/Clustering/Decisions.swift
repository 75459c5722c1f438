/// Decisions by record. Those about records that aren't there are left, and named.
struct Decisions: Sendable {
    private(set) var same: [(Int, Int)] = []
    /// Names that decisions have and no record does, in order.
    private(set) var unknown: [String] = []
    private(set) var used = 0
    private var isSame: [UInt64: Bool] = [:]
    /// For records that a decision is about, who is known to be one with them, and pairs of those who are apart.
    private var roots: [Int: Int] = [:]
    private var apart: Set<UInt64> = []

    var isEmpty: Bool { isSame.isEmpty }

    init(_ decisions: [LinkDecision], _ records: Records) throws(LinkageProblem) {
        if decisions.isEmpty { return }
        let names = Set(decisions.flatMap { [$0.one, $0.other] })
        var places: [String: Int] = [:]
        for record in 0..<records.count {
            let name = records.table.name(record)
            if names.contains(name) { places[name] = record }
        }
        unknown = names.filter { places[$0] == nil }.sorted()
        var groups = Components(records.count), first: [UInt64: LinkDecision] = [:]
        for decision in decisions {
            guard let one = places[decision.one], let other = places[decision.other], one != other else { continue }
            let key = Self.key(one, other)
            if let before = first[key], before.isSame != decision.isSame {
                throw LinkageProblem(
                    "\(decision.one) and \(decision.other) are decided to be same and different"
                        + Self.told(before, decision) + ". Keep one of the two.")
            }
            guard first[key] == nil else { continue }
            first[key] = decision
            isSame[key] = decision.isSame
            used += 1
            if decision.isSame {
                same.append((one, other))
                groups.join(one, other)
            }
        }
        for decision in decisions where !decision.isSame {
            guard let one = places[decision.one], let other = places[decision.other] else { continue }
            if groups.root(one) == groups.root(other) {
                throw LinkageProblem(
                    "\(decision.one) and \(decision.other) are decided to be different, and by way of others the same"
                        + Self.told(decision) + ". Take one of these decisions back.")
            }
            apart.insert(Self.key(groups.root(one), groups.root(other)))
        }
        for record in places.values { roots[record] = groups.root(record) }
    }

    func of(_ one: Int, _ other: Int) -> Bool? { isSame[Self.key(one, other)] }

    /// Whether a decision says it, or several together.
    func isSettled(_ one: Int, _ other: Int) -> Bool {
        guard let a = roots[one], let b = roots[other] else { return false }
        return a == b || apart.contains(Self.key(a, b))
    }

    /// Groups that were decided to be apart, two and two.
    func apart(in clusters: [UInt32]) -> Set<UInt64> {
        Set(apart.map { pair in
            Self.key(Int(clusters[Int(pair >> 32)]), Int(clusters[Int(pair & 0xffff_ffff)]))
        })
    }

    private static func told(_ decisions: LinkDecision...) -> String {
        let places = decisions.map(\.place).filter { !$0.isEmpty }
        return places.isEmpty ? "" : " (" + places.joined(separator: "; ") + ")"
    }

    private static func key(_ one: Int, _ other: Int) -> UInt64 {
        UInt64(min(one, other)) << 32 | UInt64(max(one, other))
    }
}
