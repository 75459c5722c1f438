import Crypto
import Foundation

/// The hash tree of RFC 6962 section 2.1: one 32-byte root stands for every row and their order.
enum MerkleTree {
    /// The root of no rows: SHA-256 of nothing.
    static let emptyRoot = Data(SHA256.hash(data: Data()))

    /// The hash of one row's bytes. The 0x00 keeps a leaf from passing as a node.
    static func leafHash(_ bytes: Data) -> Data { Data(SHA256.hash(data: [0x00] + bytes)) }

    /// The hash of two subtrees.
    static func nodeHash(_ left: Data, _ right: Data) -> Data { Data(SHA256.hash(data: [0x01] + left + right)) }

    /// The root over leaf hashes in order, computed by the definition.
    static func root(of leaves: some Collection<Data>) -> Data { root(Array(leaves)[...]) }

    static func root(_ leaves: ArraySlice<Data>) -> Data {
        guard let first = leaves.first else { return emptyRoot }
        guard leaves.count > 1 else { return first }
        let (left, right) = split(leaves)
        return nodeHash(root(left), root(right))
    }

    /// The left subtree is the largest perfect one that leaves something on the right.
    static func split(_ leaves: ArraySlice<Data>) -> (left: ArraySlice<Data>, right: ArraySlice<Data>) {
        let half = 1 << (Int.bitWidth - 1 - (leaves.count - 1).leadingZeroBitCount)
        return (leaves.prefix(half), leaves.dropFirst(half))
    }
}

/// A growing tree in O(log n) memory: the roots of its perfect subtrees, largest first.
///
/// The sealer stores `size` and `hashes` with each checkpoint and goes on from there.
struct MerkleFrontier: Equatable, Sendable {
    /// Leaves so far.
    private(set) var size = 0
    /// One 32-byte hash for each bit set in `size`.
    private(set) var hashes: [Data] = []

    /// An empty tree.
    init() {}

    /// A stored tree; nil when the hashes cannot be those of a tree of `size` leaves.
    init?(size: Int, hashes: [Data]) {
        guard size >= 0, hashes.count == size.nonzeroBitCount, hashes.allSatisfy({ $0.count == 32 }) else { return nil }
        (self.size, self.hashes) = (size, hashes)
    }

    /// Adds the next row's leaf hash.
    mutating func append(_ leafHash: Data) {
        var hash = leafHash
        // Each trailing one of the size is a finished subtree as large as the one just completed: join them.
        for _ in 0..<(~size).trailingZeroBitCount { hash = MerkleTree.nodeHash(hashes.removeLast(), hash) }
        hashes.append(hash)
        size += 1
    }

    /// The root of all leaves so far.
    var root: Data {
        guard let last = hashes.last else { return MerkleTree.emptyRoot }
        return hashes.dropLast().reversed().reduce(last) { MerkleTree.nodeHash($1, $0) }
    }
}
