import Synchronization
import Testing

@testable import App
@testable import AppTestSupport

@Suite("Answers kept for a short while")
struct KeptTests {
    /// Counts how often it is asked.
    private final class Counter: Sendable {
        private let asked = Mutex(0)
        func count() -> Int {
            asked.withLock {
                $0 += 1
                return $0
            }
        }
    }

    @Test func `one viewer's answer is counted once, another's apart`() async throws {
        let (kept, counter) = (Kept(for: .seconds(3_600)), Counter())
        let answers = [
            try await kept.value(for: "a") { counter.count() }, try await kept.value(for: "a") { counter.count() },
            try await kept.value(for: "b") { counter.count() }, try await kept.value(for: "a") { counter.count() },
        ]
        #expect(answers == [1, 1, 2, 1])
    }

    @Test func `an answer whose time is over is counted anew`() async throws {
        let (kept, counter) = (Kept(for: .zero), Counter())
        _ = try await kept.value(for: "a") { counter.count() }
        #expect(try await kept.value(for: "a") { counter.count() } == 2)
    }

    @Test func `of too many answers none is kept, and a failure never`() async throws {
        let (kept, counter) = (Kept(for: .seconds(3_600), most: 3), Counter())
        for key in 1...4 { _ = try await kept.value(for: "\(key)") { counter.count() } }
        #expect(try await kept.value(for: "1") { counter.count() } == 5)
        await #expect(throws: CancellationError.self) {
            try await kept.value(for: "9") { () -> Int in throw CancellationError() }
        }
        #expect(try await kept.value(for: "9") { counter.count() } == 6)
    }
}
