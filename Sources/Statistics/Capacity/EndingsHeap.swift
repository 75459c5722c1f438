/// When a unit can be let again.
struct Ending {
    let at: Double
    let units: Int
}

/// Endings, the earliest first: a binary heap. Of two at the same moment the one of the earlier units goes first, so
/// that the order never depends on how they came in.
struct EndingsHeap {
    private var heap: [Ending] = []

    var first: Ending? { heap.first }

    mutating func add(_ ending: Ending) {
        heap.append(ending)
        heap.withUnsafeMutableBufferPointer { heap in
            var child = heap.count - 1
            while child > 0 {
                let parent = (child - 1) / 2
                if !Self.isEarlier(ending, heap[parent]) { break }
                heap[child] = heap[parent]
                child = parent
            }
            heap[child] = ending
        }
    }

    /// There is one.
    mutating func removeFirst() {
        let last = heap.removeLast()
        if heap.isEmpty { return }
        heap.withUnsafeMutableBufferPointer { heap in
            var parent = 0, child = 1
            while child < heap.count {
                if child + 1 < heap.count, Self.isEarlier(heap[child + 1], heap[child]) { child += 1 }
                if !Self.isEarlier(heap[child], last) { break }
                heap[parent] = heap[child]
                parent = child
                child = 2 * parent + 1
            }
            heap[parent] = last
        }
    }

    private static func isEarlier(_ one: Ending, _ other: Ending) -> Bool {
        one.at < other.at || (one.at == other.at && one.units < other.units)
    }
}
