/// The decision about a release: what is hidden, why, and the proof that it protects. For analysts; what may leave is a
/// `Released` table.
public struct DisclosureOutcome: Sendable {
    public struct Cell: Sendable {
        /// Its name, and its other names where it stands in several tables.
        public let id: String
        public let names: [String]
        public let count: Int
        public let isSmall: Bool
        public let reason: HiddenReason
        /// As a reader can work it out; not worked out for large tables.
        public let interval: HiddenInterval?
        /// What the proofs show to fit at least.
        public let reaches: ClosedRange<Int>
    }

    /// Every hidden cell, by name.
    public let hidden: [Cell]
    /// All cells, each number once.
    public let cellCount: Int
    /// Rows whose group is seen to be wholly in one category, as names of (group, category).
    public let wholly: [(group: String, category: String)]
    /// Pairs of cells that are one number to somebody who is alone in the first: nothing keeps it from him.
    public let knownToInsiders: [(insider: String, cell: String)]
    /// Steps of the solver.
    public let work: Int
    let isHidden: [String: Bool]
    /// Of every name, also what followed for cells without a count.
    let counts: [String: Int]

    public var primary: [Cell] { hidden.filter { $0.reason == .small || $0.reason == .single } }
    public var complementary: [Cell] { hidden.filter { $0.reason != .small && $0.reason != .single } }
    /// The counts hidden, added up.
    public var countsLost: Int { hidden.reduce(0) { $0 + $1.count } }
}

/// Why nothing leaves.
public enum DisclosureRefusal: Error, Sendable, Equatable {
    /// The tables can't be read as sums.
    case problem(DisclosureProblem)
    /// These cells could be worked out together with what is public already, whatever is hidden.
    case discloses([String])
    /// The full attack found these cells short, or had no answer for them.
    case unproven([String])
    case cancelled
}

/// Somebody stopped the work; nothing leaves.
struct CancellationError: Error {}

/// Statistical disclosure control of everything that leaves.
public enum DisclosureControl {
    /// How much work may go into losing less, some nanoseconds each, by the number of cells. It is counted, not timed,
    /// so that the same tables always have the same answer.
    static func work(cells: Int) -> Int {
        switch cells {
        case ...130: 6_000_000
        case ...260: 50_000_000
        case ...600: 200_000_000
        default: 0
        }
    }

    /// Decides what to hide. `progress` is told a share from 0 to 1 and answers whether to go on; a release that isn't
    /// finished is never published.
    public static func decide(
        _ request: ReleaseRequest, _ rule: DisclosureRule, improving: Bool = true,
        progress: (Double) -> Bool = { _ in true }
    ) throws(DisclosureRefusal) -> DisclosureOutcome {
        let system: CellSystem
        do { system = try CellSystem(request, rule) } catch { throw .problem(error) }
        let protector = Protector(system, rule)
        let open = system.cells.filter { $0.standing == .shown && $0.isSmall(rule) && $0.count > 0 }
        guard open.isEmpty else { throw .discloses(open.map(\.id)) }
        do {
            try protector.protect(improving: improving, progress: progress)
        } catch let refusal as DisclosureRefusal {
            throw refusal
        } catch {
            throw .cancelled
        }
        return try protector.outcome()
    }
}

extension Protector {
    /// All steps: what to hide, taking back, losing less.
    func protect(improving: Bool, progress: (Double) -> Bool) throws {
        let total = Double(max(needs.count, 1))
        func tell(_ share: Double) throws(CancellationError) { if !progress(share) { throw CancellationError() } }
        let most = improving ? DisclosureControl.work(cells: system.cells.count) : 0
        var best: (lost: Double, hidden: [Bool], proofs: [[Witness]?])?
        for (attempt, order) in orders.enumerated() where attempt == 0 || solver.work * 3 < most {
            if attempt > 0 { for cell in complementary { set(cell, hidden: false) } }
            let unmet = try construct(order: order) { done throws(CancellationError) in
                try tell(0.6 * Double(done) / total)
            }
            try refuse(unmet)
            let many = Double(max(complementary.count, 1))
            try cleanUp { done throws(CancellationError) in try tell(0.6 + 0.3 * Double(done) / many) }
            if lost < (best?.lost ?? .infinity) - 1e-9 { best = (lost, isHidden, proofs) }
        }
        if let best { restore(best.hidden, best.proofs) }
        try improve(until: most)
        try tell(0.95)
    }

    private func refuse(_ unmet: [Int]) throws(DisclosureRefusal) {
        let ids = unmet.filter { !isTheSameToInsider(needs[$0]) }.map { system.cells[needs[$0].cell].id }
        guard ids.isEmpty else { throw .discloses(Array(Set(ids)).sorted()) }
    }

    /// Needs in different orders: what is hidden for one serves the next.
    private var orders: [[Int]] {
        let largest = needs.indices.sorted { (count($0), $1) > (count($1), $0) }
        return [largest, Array(largest.reversed()), Array(needs.indices)]
    }

    private func count(_ need: Int) -> Int { system.cells[needs[need].cell].count }

    /// The full attack, and the decision with its reasons.
    func outcome() throws(DisclosureRefusal) -> DisclosureOutcome {
        showWhatIsKnownAnyway()
        let unproven = needs.indices.filter { !isProven($0) && !isTheSameToInsider(needs[$0]) }
        let same = needs.indices.filter { proofs[$0] == nil }.compactMap { need in
            needs[need].insider.map { (insider: system.cells[$0].id, cell: system.cells[needs[need].cell].id) }
        }
        guard unproven.isEmpty else { throw .unproven(unproven.map { system.cells[needs[$0].cell].id }) }
        let reached = reached
        var hidden: [DisclosureOutcome.Cell] = []
        for cell in system.cells.indices where isHidden[cell] {
            let one = system.cells[cell]
            hidden.append(DisclosureOutcome.Cell(
                id: one.id, names: one.names, count: one.count, isSmall: one.isSmall(rule), reason: reason(cell),
                interval: isLarge ? nil : interval(of: cell), reaches: reached[cell] ?? one.count...one.count))
        }
        let isHidden = Dictionary(uniqueKeysWithValues: system.numbers.map { ($0.key, self.isHidden[$0.value]) })
        let counts = Dictionary(uniqueKeysWithValues: system.numbers.map { ($0.key, system.cells[$0.value].count) })
        return DisclosureOutcome(
            hidden: hidden, cellCount: system.cells.count, wholly: wholly, knownToInsiders: same, work: solver.work,
            isHidden: isHidden, counts: counts)
    }

    /// Groups that are printed as wholly in one category: all others are printed as none.
    private var wholly: [(group: String, category: String)] {
        system.equations.compactMap { equation in
            let terms = zip(equation.cells, equation.factors)
            let totals = terms.filter { $0.1 < 0 }.map(\.0), parts = terms.filter { $0.1 > 0 }.map(\.0)
            guard equation.sum == 0, totals.count == 1, parts.count > 1, let total = totals.first,
                system.cells[total].count > 0
            else { return nil }
            let possible = parts.filter { isHidden[$0] || system.cells[$0].count > 0 }
            guard possible.count == 1, let only = possible.first else { return nil }
            return (system.cells[total].id, system.cells[only].id)
        }
    }

    /// A large count that can be worked out exactly protects nobody by being hidden.
    private func showWhatIsKnownAnyway() {
        // In large tables each of them moves in some proof, and so can't be worked out.
        if isLarge { return }
        for cell in complementary {
            guard let interval = interval(of: cell), interval.isExact else { continue }
            set(cell, hidden: false)
        }
    }

    /// The range of each cell over all proofs.
    private var reached: [Int: ClosedRange<Int>] {
        var reached: [Int: ClosedRange<Int>] = [:]
        for witness in proofs.compactMap(\.self).joined() {
            for (cell, amount) in zip(witness.cells, witness.amounts) {
                let count = system.cells[cell].count, other = count + amount / witness.scale
                let range = reached[cell] ?? count...count
                reached[cell] = min(range.lowerBound, other)...max(range.upperBound, other)
            }
        }
        return reached
    }

    /// The proof stands as things are hidden now, in whole numbers.
    private func isProven(_ need: Int) -> Bool {
        guard let proof = proofs[need] else { return false }
        let one = needs[need]
        if proof.isEmpty { return one.unlessReaches != nil || max(one.rise, one.width) == 0 }
        let moves = proof.map { $0.amount(of: one.cell) }
        let up = max(0, moves.max() ?? 0), down = max(0, -(moves.min() ?? 0))
        return up >= one.rise && up + down >= one.width && proof.allSatisfy { witness in
            witness.isWithin { known.range($0) } && (one.insider.map { !witness.cells.contains($0) } ?? true)
        }
    }

    private func reason(_ cell: Int) -> HiddenReason {
        if system.isPrimary(cell, rule) { return system.cells[cell].isSmall(rule) ? .small : .single }
        if system.cells[cell].standing == .hidden { return .hiddenEarlier }
        let served = resting(whenShown: cell).map { system.cells[needs[$0].cell].id }
        return .protects(Array(Set(served)).sorted())
    }

    private func resting(whenShown cell: Int) -> [Int] {
        proofs.indices.filter { proofs[$0]?.contains { $0.cells.contains(cell) } ?? false }
    }
}
