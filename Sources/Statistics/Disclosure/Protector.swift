/// Chooses what to hide beside the small counts, so that every need is met, and keeps a proof for each.
///
/// Nothing depends on the clock, on hashing or on the order of rows: cells are numbered by their names, and work is
/// counted in steps.
final class Protector {
    let system: CellSystem
    let rule: DisclosureRule
    let needs: [ProtectionNeed]
    let solver: CirculationSolver
    /// What hiding a cell loses.
    let loss: [Double]
    /// More than any count that is bounded at all.
    let beyond: Int
    /// Hidden for their own sake, or since an earlier release.
    let isLocked: [Bool]

    var isHidden: [Bool]
    /// Two counts at most that fit as well as the true ones, for each need; nil where there is none.
    var proofs: [[Witness]?]
    /// What a reader knows of each cell as things are hidden now.
    let known: CellBounds
    /// The same, with all that may still be hidden, at its price.
    let search: CellBounds
    private var isBarred: [Bool]

    init(_ system: CellSystem, _ rule: DisclosureRule) {
        self.system = system
        self.rule = rule
        needs = system.needs(rule)
        solver = CirculationSolver(system.matrix)
        loss = system.cells.map { Double($0.count) + 0.5 }
        beyond = 1_000 + 2 * system.cells.reduce(0) { $0 + $1.count }
        isLocked = system.cells.indices.map { system.isPrimary($0, rule) || system.cells[$0].standing == .hidden }
        isHidden = isLocked
        proofs = needs.map { _ in nil }
        known = CellBounds(system.cells.count)
        search = CellBounds(system.cells.count)
        isBarred = Array(repeating: false, count: system.cells.count)
        for cell in system.cells.indices { set(cell, hidden: isLocked[cell]) }
    }

    /// So large that only the neighbourhood of a cell is looked at where that is enough.
    var isLarge: Bool { system.cells.count > 600 }

    /// The counts hidden, added up: the information lost.
    var lost: Double {
        isHidden.indices.reduce(0) { $0 + (isHidden[$1] && !isLocked[$1] ? loss[$1] : 0) }
    }

    /// What is hidden for the sake of others, the dearest first.
    var complementary: [Int] {
        isHidden.indices.filter { isHidden[$0] && !isLocked[$0] }
            .sorted { (loss[$0], $1) > (loss[$1], $0) }
    }

    func set(_ cell: Int, hidden: Bool) {
        isHidden[cell] = hidden
        let range = system.range(cell, isHidden: hidden, rule)
        let noise = 1 + Double((cell &* 2_654_435_761) & 0xFFFF) * 1e-9
        known.set(cell, range, cost: 0.001 * noise)
        if hidden || isBarred[cell] || !system.mayHide(cell, rule) {
            search.set(cell, range, cost: 0.001 * noise)
        } else {
            search.set(cell, system.range(cell, isHidden: true, rule), cost: loss[cell] * noise)
        }
    }

    /// Keeps a cell from being hidden, or no longer.
    func bar(_ cell: Int, _ isBarred: Bool) {
        self.isBarred[cell] = isBarred
        set(cell, hidden: isHidden[cell])
    }

    /// Hides what every need asks for, one after another. Returns the needs that can't be met, whatever is hidden.
    func construct(order: [Int], progress: (Int) throws(CancellationError) -> Void) throws(CancellationError) -> [Int] {
        var unmet: [Int] = []
        for (done, need) in order.enumerated() {
            try progress(done)
            if !meet(need) { unmet.append(need) }
        }
        return unmet
    }

    /// Meets one need by hiding what costs least beside what is hidden. False where nothing does.
    func meet(_ need: Int) -> Bool {
        solver.neighbourhood = isLarge ? Neighbourhood.around(needs[need].cell, system) : nil
        var found = cheapest(needs[need])
        if found == nil, solver.neighbourhood != nil {
            solver.neighbourhood = nil
            found = cheapest(needs[need])
        }
        if let proof = found {
            for witness in proof { hide(witness) }
            proofs[need] = proof
            return true
        }
        proofs[need] = isMoot(needs[need]) ? [] : nil
        return proofs[need] != nil
    }

    private func hide(_ witness: Witness) { for cell in added(by: witness) { set(cell, hidden: true) } }

    /// The cells that must be hidden for other counts to fit.
    private func added(by witness: Witness) -> [Int] {
        zip(witness.cells, witness.amounts).compactMap { cell, amount in
            if isHidden[cell] { return nil }
            let range = known.range(cell), amount = Double(amount) / Double(witness.scale)
            return range.contains(amount) ? nil : cell
        }
    }

    /// Every way up and down, and what it would hide; the cheapest. Where a way is blocked, the furthest that is left
    /// of it is tried too.
    private func cheapest(_ need: ProtectionNeed) -> [Witness]? {
        var best: (cost: Double, proof: [Witness])?
        var ways = need.ways(depth: depth(of: need.cell)), next = 0
        while next < ways.count {
            let way = ways[next]
            next += 1
            var limits = (up: way.up, down: way.down)
            if let found = proof(of: need, way, &limits) {
                if found.cost < best?.cost ?? .infinity { best = found }
                if found.cost == 0 { break }
            } else if limits != way {
                let up = limits.up < way.up ? limits.up : max(need.rise, need.width - limits.down)
                if up >= need.rise, up > 0 || need.width > 0, !ways.contains(where: { $0.up == up }) {
                    ways.append((up, max(0, need.width - up)))
                }
            }
        }
        return best?.proof
    }

    /// One way, what it hides beside what is hidden, and where it was blocked.
    private func proof(
        of need: ProtectionNeed, _ way: (up: Int, down: Int), _ limits: inout (up: Int, down: Int)
    ) -> (cost: Double, proof: [Witness])? {
        guard way.down <= depth(of: need.cell) else {
            limits.down = depth(of: need.cell)
            return nil
        }
        var proof: [Witness] = [], cost = 0.0, hiddenForNow: [Int] = []
        defer { for cell in hiddenForNow { set(cell, hidden: false) } }
        for amount in [Double(way.up), -Double(way.down)] where amount != 0 {
            let answer = solve(need, by: amount, search)
            if case .blocked(let limit) = answer {
                let reached = Int((abs(limit) + 1e-6).rounded(.down))
                if amount > 0 { limits.up = limit < 0 ? -1 : min(way.up - 1, reached) }
                if amount < 0 { limits.down = limit > 0 ? -1 : min(way.down - 1, reached) }
            }
            guard case .moved(let moves) = answer, let found = Witness(moves, system) else { return nil }
            let added = added(by: found)
            cost += added.reduce(0) { $0 + loss[$1] }
            for cell in added { set(cell, hidden: true) }
            hiddenForNow += added
            proof.append(found)
        }
        return (cost, proof)
    }

    /// A proof by what is hidden already.
    func check(_ need: ProtectionNeed) -> [Witness]? {
        solver.neighbourhood = isLarge ? Neighbourhood.around(need.cell, system) : nil
        defer { solver.neighbourhood = nil }
        let depth = depth(of: need.cell)
        var up = max(need.rise, need.width)
        var proof: [Witness] = []
        while up > 0 {
            switch solve(need, by: Double(up), known) {
            case .moved(let moves):
                guard let witness = Witness(moves, system) else { return nil }
                proof = [witness]
            case .blocked(let limit):
                guard limit < Double(up), limit > -1 else { return nil }
                up = min(up - 1, Int((limit + 1e-6).rounded(.down)))
                guard up >= need.rise, need.width - up <= depth else { return moot(need) }
                continue
            case .unanswered: return nil
            }
            break
        }
        if up < need.width {
            guard case .moved(let moves) = solve(need, by: -Double(need.width - up), known),
                let witness = Witness(moves, system)
            else { return moot(need) }
            proof.append(witness)
        }
        return proof
    }

    private func moot(_ need: ProtectionNeed) -> [Witness]? { isMoot(need) ? [] : nil }

    /// A count that is on no record, and is seen to be large.
    private func isMoot(_ need: ProtectionNeed) -> Bool {
        guard let reached = need.unlessReaches else { return false }
        let fall = system.cells[need.cell].count - reached + 1
        guard fall > 0 else { return false }
        if case .blocked = solve(need, by: -Double(fall), known) { return true }
        return false
    }

    /// Who is alone in a cell knows what is the same number, whatever is hidden.
    func isTheSameToInsider(_ need: ProtectionNeed) -> Bool {
        guard need.insider != nil else { return false }
        for step in [1.0, -1.0] where step > 0 || depth(of: need.cell) > 0 {
            guard case .blocked = solve(need, by: step, search) else { return false }
        }
        return true
    }

    func depth(of cell: Int) -> Int { Int(-known.lower[cell]) }

    /// A way for the cell of a need to move, while its insider doesn't.
    private func solve(_ need: ProtectionNeed, by amount: Double, _ bounds: CellBounds) -> CirculationAnswer {
        guard let insider = need.insider else { return solver.solve(moving: need.cell, by: amount, bounds) }
        let (range, cost) = (bounds.range(insider), bounds.cost[insider])
        bounds.set(insider, 0...0, cost: cost)
        defer { bounds.set(insider, range, cost: cost) }
        return solver.solve(moving: need.cell, by: amount, bounds)
    }
}
