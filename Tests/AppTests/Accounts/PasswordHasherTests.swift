import Crypto
import Dispatch
import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The door to password hashing")
struct PasswordHasherTests {
    private static let cheap = PasswordCost(memory: 64, passes: 1, lanes: 1)
    private let pepper = SymmetricKey(size: .bits256)

    @Test("Hashes and checks, and says no to a name that nobody has")
    func roundTrip() async throws {
        let hasher = PasswordHasher(pepper: pepper)
        let phc = try await hasher.hash("dry walls stand long")
        #expect(try await hasher.verify("dry walls stand long", against: phc))
        #expect(try await !hasher.verify("dry walls stand tall", against: phc))
        #expect(try await !hasher.verify("dry walls stand long", against: nil))
        #expect(try await !hasher.verify("dry walls stand long", against: "nonsense"))
        try await hasher.dummyVerify("dry walls stand long")
        #expect(!hasher.needsRehash(phc))
    }

    /// Takes up places with work that lasts until `hold` is signalled, and returns once all of it has begun.
    private func occupy(
        _ hasher: PasswordHasher, places: Int, until hold: DispatchSemaphore
    ) async -> [Task<Void, any Error>] {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let tasks = (0..<places).map { _ in
            Task {
                try await hasher.run {
                    begin.yield()
                    hold.wait()
                }
            }
        }
        for await _ in begun.prefix(places) {}
        return tasks
    }

    @Test("All who fit in the queue are served; the rest are told that it is busy", .timeLimit(.minutes(1)))
    func busy() async throws {
        let hasher = PasswordHasher(pepper: pepper, cost: Self.cheap, limit: 2, queueLimit: 4)
        let hold = DispatchSemaphore(value: 0)
        let held = await occupy(hasher, places: 2, until: hold)
        let asked = (0..<4).map { _ in Task { try await hasher.hash("dry walls stand long") } }
        // Six have come and none can finish: two at work, four in the queue.
        while await hasher.queued < 4 { try await Task.sleep(for: .milliseconds(1)) }
        for _ in 0..<20 {
            await #expect(throws: PasswordHashError.busy) { try await hasher.verify("any password", against: nil) }
        }
        for _ in held { hold.signal() }
        for task in asked { #expect(try await task.value.hasPrefix("$argon2id$")) }
        for task in held { try await task.value }
        // The rush over, the door is open again.
        #expect(try await !hasher.verify("any password", against: nil))
    }

    @Test("One who gives up while waiting leaves the queue, and the others are still served", .timeLimit(.minutes(1)))
    func givingUp() async throws {
        let hasher = PasswordHasher(pepper: pepper, cost: Self.cheap, limit: 1, queueLimit: 8)
        let hold = DispatchSemaphore(value: 0)
        let held = await occupy(hasher, places: 1, until: hold)
        let leaving = (0..<2).map { _ in Task { try await hasher.hash("dry walls stand long") } }
        let staying = Task { try await hasher.hash("dry walls stand long") }
        while await hasher.queued < 3 { try await Task.sleep(for: .milliseconds(1)) }
        for task in leaving { task.cancel() }
        for task in leaving { await #expect(throws: PasswordHashError.cancelled) { try await task.value } }
        #expect(await hasher.queued == 1)
        hold.signal()
        for task in held { try await task.value }
        #expect(try await staying.value.hasPrefix("$argon2id$"))
        #expect(await hasher.queued == 0)
    }

    @Test("A hundred at once with room to wait are all answered")
    func throughput() async throws {
        let hasher = PasswordHasher(pepper: pepper, cost: Self.cheap, queueLimit: 100)
        let phc = try await hasher.hash("dry walls stand long")
        let right = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<100 {
                let password = index.isMultiple(of: 2) ? "dry walls stand long" : "dry walls stand tall"
                group.addTask { try await hasher.verify(password, against: phc) }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(right == 50)
    }
}
