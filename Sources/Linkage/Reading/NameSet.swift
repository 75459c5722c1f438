import CPopcount

/// Whether a name was there before, by 64 bits of its hash: of two million names two are alike once in nine million
/// runs.
final class NameSet {
    private var slots: UnsafeMutablePointer<UInt64>
    private var mask: Int
    private var count = 0

    init() {
        mask = (1 << 12) - 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: 0, count: mask + 1)
    }

    deinit { slots.deallocate() }

    /// Asks for the place where a hash is looked up first.
    @inline(__always)
    func fetch(_ hash: UInt64) { cpop_fetch(slots + (Int(truncatingIfNeeded: hash) & mask)) }

    /// False where it was there. A hash is never 0.
    func insert(_ hash: UInt64) -> Bool {
        if count * 2 > mask { spread() }
        let (slots, mask) = (slots, mask)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if slots[slot] == hash { return false }
            slot = (slot + 1) & mask
        }
        slots[slot] = hash
        count += 1
        return true
    }

    /// Lets go of all names; none is asked for afterwards.
    func forget() {
        slots.deallocate()
        (mask, count) = (1, 0)
        slots = .allocate(capacity: 2)
        slots.initialize(repeating: 0, count: 2)
    }

    private func spread() {
        let size = (mask + 1) * 2, wide = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
        wide.initialize(repeating: 0, count: size)
        for at in 0...mask where slots[at] != 0 {
            var slot = Int(truncatingIfNeeded: slots[at]) & (size - 1)
            while wide[slot] != 0 { slot = (slot + 1) & (size - 1) }
            wide[slot] = slots[at]
        }
        slots.deallocate()
        (slots, mask) = (wide, size - 1)
    }
}
