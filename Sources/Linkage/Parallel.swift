import Dispatch
import Foundation

/// Work in parts on several threads. What comes out stands in the order of the parts, whoever did them.
enum Parallel {
    static func map<Result: Sendable>(
        _ count: Int, threads: Int, _ work: @escaping @Sendable (Int) -> Result
    ) -> [Result] {
        if threads < 2 || count < 2 { return (0..<count).map(work) }
        let shelf = Shelf<Result>(count), done = DispatchSemaphore(value: 0), workers = min(threads, count)
        for _ in 0..<workers {
            let thread = Thread {
                while let part = shelf.next() { shelf.put(work(part), at: part) }
                done.signal()
            }
            thread.stackSize = 1 << 22
            thread.start()
        }
        for _ in 0..<workers { done.wait() }
        return shelf.all
    }

    private final class Shelf<Result: Sendable>: @unchecked Sendable {
        private let lock = NSLock()
        private var results: [Result?]
        private var taken = 0

        init(_ count: Int) { results = [Result?](repeating: nil, count: count) }

        var all: [Result] { results.map { $0! } }

        func next() -> Int? {
            lock.withLock {
                guard taken < results.count else { return nil }
                taken += 1
                return taken - 1
            }
        }

        func put(_ result: Result, at part: Int) { lock.withLock { results[part] = result } }
    }
}
