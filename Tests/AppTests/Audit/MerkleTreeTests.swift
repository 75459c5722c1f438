import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The hash tree")
struct MerkleTreeTests {
    /// The inputs and roots of the Certificate Transparency reference tests.
    private static let inputs = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]
    private static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    private let leaves = (0..<64).map { MerkleTree.leafHash(Data([UInt8($0)])) }

    @Test("Roots are those of the RFC 6962 reference tests")
    func knownRoots() throws {
        let hashes = try Self.inputs.map { MerkleTree.leafHash(try #require(Data(hex: $0))) }
        for (size, root) in Self.roots.enumerated() {
            #expect(MerkleTree.root(of: hashes.prefix(size)).hex == root)
        }
    }

    @Test("Built up leaf by leaf, stored and read back, the root is the one of the definition", arguments: 0...64)
    func frontier(size: Int) throws {
        var frontier = MerkleFrontier()
        for leaf in leaves.prefix(size) {
            frontier = try #require(MerkleFrontier(size: frontier.size, hashes: frontier.hashes))
            frontier.append(leaf)
        }
        #expect(frontier.size == size)
        #expect(frontier.hashes.count == size.nonzeroBitCount)
        #expect(frontier.root == MerkleTree.root(of: leaves.prefix(size)))
    }

    @Test("A stored frontier of the wrong shape is refused")
    func badFrontier() {
        let hash = MerkleTree.emptyRoot
        #expect(MerkleFrontier(size: 3, hashes: [hash]) == nil)
        #expect(MerkleFrontier(size: 4, hashes: [hash, hash]) == nil)
        #expect(MerkleFrontier(size: 1, hashes: [hash.dropLast()]) == nil)
        #expect(MerkleFrontier(size: -1, hashes: [hash]) == nil)
    }

    @Test("Every leaf of every tree is proved, and no other leaf, place or root", arguments: 0...64)
    func inclusion(size: Int) throws {
        let tree = Array(leaves.prefix(size))
        let root = MerkleTree.root(of: tree)
        #expect(MerkleTree.inclusionProof(of: size, in: tree) == nil)
        #expect(MerkleTree.inclusionProof(of: -1, in: tree) == nil)
        for (index, leaf) in tree.enumerated() {
            let proof = try #require(MerkleTree.inclusionProof(of: index, in: tree))
            func holds(_ leaf: Data, _ index: Int, _ size: Int, _ root: Data, _ proof: [Data]) -> Bool {
                MerkleTree.verifyInclusion(of: leaf, at: index, size: size, root: root, proof: proof)
            }
            #expect(holds(leaf, index, size, root, proof))
            #expect(!holds(leaves[(index + 1) % 64], index, size, root, proof))
            #expect(!holds(leaf, (index + 1) % size, size, root, proof) || size == 1)
            #expect(!holds(leaf, index, size, leaf, proof) || size == 1)
            #expect(!holds(leaf, index, size, root, proof + [leaf]))
            #expect(!holds(leaf, index, size, root, Array(proof.dropLast())) || size == 1)
            #expect(!holds(leaf, size, size, root, proof))
            // The same path in a tree that claims one level more.
            #expect(!holds(leaf, index, size * 4, root, proof))
            #expect(!holds(leaf, -1, size, root, proof))
        }
    }

    @Test("Every older tree is proved to be the start of every newer one, and nothing else is", arguments: 0...64)
    func consistency(newSize: Int) throws {
        let tree = Array(leaves.prefix(newSize))
        let newRoot = MerkleTree.root(of: tree)
        #expect(MerkleTree.consistencyProof(from: newSize + 1, in: tree) == nil)
        for oldSize in 0...newSize {
            let oldRoot = MerkleTree.root(of: tree.prefix(oldSize))
            let proof = try #require(MerkleTree.consistencyProof(from: oldSize, in: tree))
            func holds(_ oldRoot: Data, _ newRoot: Data, _ proof: [Data]) -> Bool {
                MerkleTree.verifyConsistency(
                    oldSize: oldSize, oldRoot: oldRoot, newSize: newSize, newRoot: newRoot, proof: proof)
            }
            let other = MerkleTree.leafHash(Data("another".utf8))
            #expect(holds(oldRoot, newRoot, proof))
            #expect(!holds(other, newRoot, proof))
            // Any tree grows from nothing; otherwise the new root is bound as well.
            #expect(!holds(oldRoot, other, proof) || oldSize == 0)
            #expect(!holds(oldRoot, newRoot, proof + [other]))
            for index in proof.indices {
                var altered = proof
                altered[index] = other
                #expect(!holds(oldRoot, newRoot, altered))
            }
            let taller = MerkleTree.verifyConsistency(
                oldSize: oldSize, oldRoot: oldRoot, newSize: newSize * 4, newRoot: newRoot, proof: proof)
            #expect(!taller || oldSize == 0)
            #expect(proof.isEmpty || !holds(oldRoot, newRoot, Array(proof.dropLast())))
        }
    }

    @Test("A leaf can't pass as a node")
    func secondPreimage() {
        let node = MerkleTree.nodeHash(leaves[0], leaves[1])
        #expect(MerkleTree.leafHash(leaves[0] + leaves[1]) != node)
    }
}
