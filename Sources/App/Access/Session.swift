import Foundation

/// A session as the server knows it. The token itself is held by the browser and, for one request, here;
/// the database keeps only its hash.
struct Session: Sendable {
    enum Stage: String, Sendable {
        /// The password was right, or a call's screen is locked; the code is still to come. Reaches nothing.
        case code
        case full
    }

    let id: UUID
    let token: String
    let csrf: String
    let stage: Stage
    let secondsLeft: Int
    /// Last seen more than a minute ago, so that this is to be written down.
    let isStale: Bool
    /// What the policies need to know of its viewer isn't kept with it, or not for today.
    let keepsNothing: Bool
    /// A call is on its screen: left alone, it is locked, and one code goes on with the same words.
    var isOnCall: Bool
    /// Locked: until when the code opens it again.
    let lockedUntil: Date?
    let viewer: Viewer

    /// Without a click for this long, the session ends (security.md, T18).
    static let idleMinutes = 15
    /// However busy, it ends after a working day.
    static let longestHours = 10
}

/// What a cookie's token led to.
struct FoundSession: Sendable {
    let live: Session?
    /// A session that ended by itself within the last day: its owner's typed words may still be kept for them.
    let expired: ExpiredSession?
}

struct ExpiredSession: Sendable {
    let account: UUID
    let csrf: String
}

extension Viewer {
    /// Nobody in particular: no account, no posts, no permission. Row-level security shows this viewer nothing.
    static let nobody = Viewer(account: UUID.zero, partnership: UUID.zero, name: "", posts: [])
}

extension UUID {
    static let zero = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
}
