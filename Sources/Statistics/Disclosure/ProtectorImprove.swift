extension Protector {
    /// Takes back what isn't needed, the dearest first: only the needs whose proof rests on a cell are looked at again.
    func cleanUp(progress: (Int) throws(CancellationError) -> Void = { _ throws(CancellationError) in })
        throws(CancellationError) {
        for (done, cell) in complementary.enumerated() {
            try progress(done)
            showUnlessNeeded(cell)
        }
    }

    private func showUnlessNeeded(_ cell: Int) {
        set(cell, hidden: false)
        var found: [(need: Int, proof: [Witness])] = []
        for need in resting(on: cell) {
            guard let proof = check(needs[need]) else { return set(cell, hidden: true) }
            found.append((need, proof))
        }
        for (need, proof) in found { proofs[need] = proof }
    }

    /// The needs whose proof no longer holds when a cell is shown.
    func resting(on cell: Int) -> [Int] {
        let range = known.range(cell)
        return proofs.indices.filter { need in
            guard let proof = proofs[need] else { return false }
            return proof.contains { witness in
                guard let place = witness.cells.firstIndex(of: cell) else { return false }
                return !range.contains(Double(witness.amounts[place]) / Double(witness.scale))
            }
        }
    }

    /// Tries to do without each hidden cell in turn, dearest first, by hiding others, and keeps what loses less; until
    /// nothing is found or the work is used up.
    func improve(until end: Int) throws(CancellationError) {
        var hasImproved = solver.work < end
        while hasImproved {
            hasImproved = false
            for cell in complementary {
                guard solver.work < end else { return }
                guard isHidden[cell] else { continue }
                if try doWithout(cell) { hasImproved = true }
            }
        }
    }

    private func doWithout(_ cell: Int) throws(CancellationError) -> Bool {
        let before = (isHidden, proofs, lost)
        set(cell, hidden: false)
        bar(cell, true)
        var isMet = true
        for need in resting(on: cell) where isMet { isMet = meet(need) }
        if isMet { try cleanUp() }
        bar(cell, false)
        if isMet, lost < before.2 - 1e-9 { return true }
        restore(before.0, before.1)
        return false
    }

    func restore(_ hidden: [Bool], _ proofs: [[Witness]?]) {
        for cell in hidden.indices where hidden[cell] != isHidden[cell] { set(cell, hidden: hidden[cell]) }
        self.proofs = proofs
    }
}
