import Foundation

// Proofs of RFC 6962 section 2.1.1 and 2.1.2, verified as RFC 9162 section 2.1.3.2 and 2.1.4.2 set out.
extension MerkleTree {
    /// The hashes that prove that leaf `index` is in the tree over `leaves`; nil when there is no such leaf.
    static func inclusionProof(of index: Int, in leaves: [Data]) -> [Data]? {
        leaves.indices.contains(index) ? path(to: index, in: leaves[...]) : nil
    }

    /// The hashes that prove that the tree over `leaves` only added to its first `oldSize`; nil when it is shorter.
    static func consistencyProof(from oldSize: Int, in leaves: [Data]) -> [Data]? {
        guard (0...leaves.count).contains(oldSize) else { return nil }
        return oldSize == 0 || oldSize == leaves.count ? [] : subproof(oldSize, leaves[...], whole: true)
    }

    /// Whether `proof` shows `leaf` at `index` in the tree of `size` leaves with this root.
    static func verifyInclusion(of leaf: Data, at index: Int, size: Int, root: Data, proof: [Data]) -> Bool {
        guard index >= 0, index < size else { return false }
        var (node, last, hash) = (index, size - 1, leaf)
        for sibling in proof {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                hash = nodeHash(sibling, hash)
                climb(&node, &last)
            } else {
                hash = nodeHash(hash, sibling)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && hash == root
    }

    /// Whether `proof` shows that the tree with `newRoot` begins with the tree with `oldRoot`.
    static func verifyConsistency(
        oldSize: Int, oldRoot: Data, newSize: Int, newRoot: Data, proof: [Data]
    ) -> Bool {
        guard oldSize >= 0, oldSize <= newSize else { return false }
        if oldSize == newSize { return proof.isEmpty && oldRoot == newRoot }
        if oldSize == 0 { return proof.isEmpty && oldRoot == emptyRoot }
        var (node, last) = (oldSize - 1, newSize - 1)
        while node & 1 == 1 { (node, last) = (node >> 1, last >> 1) }
        // A perfect old tree is itself a node of the new one, so its root is left out of the proof.
        let hashes = oldSize.nonzeroBitCount == 1 ? [oldRoot] + proof : proof
        guard var old = hashes.first else { return false }
        var new = old
        for sibling in hashes.dropFirst() {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                (old, new) = (nodeHash(sibling, old), nodeHash(sibling, new))
                climb(&node, &last)
            } else {
                new = nodeHash(new, sibling)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && old == oldRoot && new == newRoot
    }

    /// Skips the levels on which the last, unpaired node is carried up as it is.
    private static func climb(_ node: inout Int, _ last: inout Int) {
        while node != 0, node & 1 == 0 { (node, last) = (node >> 1, last >> 1) }
    }

    private static func path(to index: Int, in leaves: ArraySlice<Data>) -> [Data] {
        guard leaves.count > 1 else { return [] }
        let (left, right) = split(leaves)
        return index < right.startIndex
            ? path(to: index, in: left) + [root(right)]
            : path(to: index, in: right) + [root(left)]
    }

    private static func subproof(_ old: Int, _ leaves: ArraySlice<Data>, whole: Bool) -> [Data] {
        if old == leaves.count { return whole ? [] : [root(leaves)] }
        let (left, right) = split(leaves)
        return old <= left.count
            ? subproof(old, left, whole: whole) + [root(right)]
            : subproof(old - left.count, right, whole: false) + [root(left)]
    }
}
