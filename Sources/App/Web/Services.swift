import Foundation
import Logging
import Postgres

/// Everything the site stands on, made once at start.
struct Services: Sendable {
    /// The pages' own role, under row-level security.
    let database: Database
    /// The role of the door: accounts and sessions only.
    let door: Database
    let keys: Keys
    let hasher: PasswordHasher
    let breached: BreachList?
    let partnership: Partnership
    let settings: Settings
    let assets: Assets
    let metrics: Metrics
    let rates: RateLimit
    let kept: Kept
    /// Where files may be in memory.
    var files = FileRoom()
    /// Large files pass through in pieces; each account sends one at a time.
    var largeFiles = FileRoom(places: 4, each: 1)
    /// What is being read of what was sent; each account's one at a time.
    var readings = FileRoom(places: 2, each: 1, patience: .seconds(600))
    /// What makes PDF files, and the room for it: a long one takes memory, so there is one at a time.
    let pdf: PDFMaker
    /// What reads workbooks; one at a time, as with papers.
    let workbooks: WorkbookReader
    var books = FileRoom(places: 1, each: 1, patience: .seconds(30))
    var papers = FileRoom(places: 1, each: 1, patience: .seconds(10))
    /// Who looks at files before anything else does.
    var scanner = VirusScanner.off
    let logger: Logger
    /// The clock, an argument so that a test can say what time it is.
    let now: @Sendable () -> Date
}

extension Services {
    /// Seals what is told between those who hold no key of one another's: by the public, across agencies and the wall,
    /// to the officer. Bound to its place.
    func sealTold(_ told: some Encodable, at place: Place) throws -> Data {
        try Sealed.seal(JSONEncoder().encode(told), key: keys.referral, place: place)
    }

    func openTold<Told: Decodable>(_ sealed: Data, at place: Place) throws -> Told {
        try JSONDecoder().decode(Told.self, from: Sealed.open(sealed, key: keys.referral, place: place))
    }
}

/// The partnership that this server serves.
struct Partnership: Sendable {
    let id: UUID
    let name: String
    let demonstration: Bool
    /// "Our hours: Monday to Saturday, 08:00 to 20:00."
    var helplineHours = ""
}
