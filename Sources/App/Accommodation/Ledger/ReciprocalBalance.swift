import Foundation
import Postgres

/// A landlord, as the ledger names it.
struct LedgerLandlord: Sendable, Hashable {
    let id: UUID
    let name: String
}

/// So many homes of so many bedrooms that one landlord gave another's tenants.
struct LedgerEntry: Sendable {
    let giving: LedgerLandlord
    let receiving: LedgerLandlord
    let bedrooms: Int
    let amount: Int
}

/// What two landlords gave one another.
struct ReciprocalBalance: Sendable {
    /// By name, the first of the two first.
    let one: LedgerLandlord
    let other: LedgerLandlord
    /// By the bedrooms of the home, the fewest first: what the one gave, and what it received.
    let sizes: [(bedrooms: Int, given: Int, received: Int)]

    var given: Int { sizes.reduce(0) { $0 + $1.given } }
    var received: Int { sizes.reduce(0) { $0 + $1.received } }

    /// Who owes whom how many homes.
    static func words(_ one: LedgerLandlord, _ other: LedgerLandlord, given: Int, received: Int) -> String {
        let difference = abs(given - received)
        guard difference > 0 else { return "Even" }
        return "\(given > received ? other.name : one.name) owes \(difference)"
    }

    /// Two landlords are one pair, whoever gave first.
    static func pairs(of entries: [LedgerEntry]) -> [ReciprocalBalance] {
        func isFirst(_ one: LedgerLandlord, _ other: LedgerLandlord) -> Bool {
            (one.name, one.id.column) < (other.name, other.id.column)
        }
        let pairs = Set(entries.map { entry in
            isFirst(entry.giving, entry.receiving) ? [entry.giving, entry.receiving] : [entry.receiving, entry.giving]
        })
        return pairs.map { pair -> ReciprocalBalance in
            let own = entries.filter { Set([$0.giving, $0.receiving]) == Set(pair) }
            func sum(_ bedrooms: Int, by giver: LedgerLandlord) -> Int {
                own.filter { $0.bedrooms == bedrooms && $0.giving == giver }.reduce(0) { $0 + $1.amount }
            }
            return ReciprocalBalance(
                one: pair[0], other: pair[1],
                sizes: Set(own.map(\.bedrooms)).sorted().map { ($0, sum($0, by: pair[0]), sum($0, by: pair[1])) })
        }.sorted { first, second in
            first.one == second.one ? isFirst(first.other, second.other) : isFirst(first.one, second.one)
        }
    }
}

/// A home behind a balance. No household's name.
struct LedgerRow: Sendable {
    let movedOn: Day
    let giving: String
    let receiving: String
    let bedrooms: Int
    let held: Int
    let losesLife: Bool
    /// Of the case.
    let reference: String
    let href: String
}
