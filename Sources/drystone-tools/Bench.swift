import ArgumentParser
import Statistics

/// `drystone bench capacity|protect`: what needs no database.
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures the evidence tools, as ratios against their limits.",
        subcommands: [BenchCapacity.self, BenchProtect.self])
}

/// What was measured, and what it may take.
struct Measured {
    let work: String
    let seconds: Double
    let limit: Double

    var isMet: Bool { seconds <= limit }

    init(_ work: String, seconds: Double, limit: Double) {
        self.work = work
        self.seconds = seconds
        self.limit = limit
    }

    /// The middle of `times` runs.
    init(_ work: String, limit: Double, times: Int = 7, _ body: () -> Void) {
        self.work = work
        self.limit = limit
        let clock = ContinuousClock()
        let all = (0..<times).map { _ in clock.measure(body) / .seconds(1) }.sorted()
        seconds = all[times / 2]
    }
}

struct BenchCapacity: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capacity", abstract: "Closed forms, simulation and bootstrap, the middle of seven runs.",
        discussion: "Exit code 1 when a limit is not met. In a debug build the figures mean nothing.")

    func run() throws {
        let demand = AccommodationDemand(referrals: 252, stay: 113)
        let scenario = CapacityScenario(demand, spaces: 70)
        let stays = Self.stays(200)
        var sum = 0.0
        let all = [
            // Every one on its own, not as a curve: the longer way.
            Measured("closed forms, 200 spaces x 50 loads", limit: 0.05) {
                for spaces in 1...200 {
                    for load in 1...50 { sum += ErlangB.refused(load: Double(load) * 3, spaces: spaces) }
                }
            },
            Measured("a million arrivals simulated", limit: 1) {
                let years = 1_000_000 / 252 + 1
                sum += CapacitySimulation.run(scenario, years: years, seed: 1)?.refused.value ?? 0
            },
            Measured("1,000 bootstrap draws of a year and 200 stays", limit: 0.5) {
                sum += CapacityBootstrap(demand, stays: stays, spaces: 70, target: 0.05, seed: 1)?.refused.high ?? 0
            },
        ]
        print("work".padded(48) + "ms".leading(10) + "limit".leading(10) + "of limit".leading(10))
        for one in all {
            print(one.work.padded(48) + Self.digits(one.seconds * 1_000) + plain(one.limit * 1_000).leading(10)
                + Self.digits(one.seconds / one.limit) + (one.isMet ? "" : "  not met"))
        }
        // What was worked out is used, so that no compiler leaves it out.
        if sum.isNaN || !all.allSatisfy(\.isMet) { throw ExitCode(1) }
    }

    static func digits(_ number: Double) -> String {
        let thousandths = Int((number * 1_000).rounded())
        return "\(thousandths / 1_000).\(String(1_000 + thousandths % 1_000).dropFirst())".leading(10)
    }

    /// Stays to measure with, a tenth of them open.
    private static func stays(_ count: Int) -> [StayRecord] {
        var chance = Chance(seed: 3)
        return (0..<count).map { _ in
            StayRecord(days: Double(1 + chance.below(225)), isOpen: chance.below(10) == 0)
        }
    }
}
