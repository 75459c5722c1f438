import Foundation
import Pages

/// An account as its administrator sees it: who, which roles, and whether it can be used. Nothing of any case.
struct ManagedAccount: Sendable {
    let id: UUID
    let name: String
    let email: String
    /// What a change is based on; every change makes it one more.
    let version: Int
    let createdAt: Date
    let endedAt: Date?
    /// Password and authenticator were set once; the account can sign in.
    let isSetUp: Bool
    /// When the newest link that was never used stops, or stopped, working.
    let linkUntil: Date?
    /// Newest first.
    var roles: [HeldRole] = []
}

/// A role that an account holds, held or will hold at an agency.
struct HeldRole: Sendable {
    let id: UUID
    let account: UUID
    let role: Role
    let agency: UUID
    let agencyName: String
    let startsOn: Day
    /// The last day; a day before `startsOn` when it was withdrawn before it began or on its first day.
    let endsOn: Day?

    /// It gives rights on `day`.
    func isInForce(on day: Day) -> Bool { startsOn <= day && isOpen(on: day) }
    /// It gives rights on `day` or will later.
    func isOpen(on day: Day) -> Bool { endsOn.map { $0 >= day && $0 >= startsOn } ?? true }
}

/// An agency to choose.
struct AgencyChoice: Sendable, Equatable {
    let id: UUID
    let name: String
}

/// Whether an account can be used, in the order in which it matters.
enum AccountState: Equatable, Sendable {
    case ended
    /// Nobody has set it up yet.
    case invited
    case linkExpired
    case startsOn(Day)
    case noRole
    case active
    case endsOn(Day)

    init(_ account: ManagedAccount, today: Day, now: Date) {
        let open = account.roles.filter { $0.isOpen(on: today) }
        if let ended = account.endedAt, ended <= now {
            self = .ended
        } else if !account.isSetUp {
            self = account.linkUntil.map { $0 > now } ?? false ? .invited : .linkExpired
        } else if open.isEmpty {
            self = .noRole
        } else if let first = open.map(\.startsOn).min(), first > today {
            self = .startsOn(first)
        } else {
            let roleEnds = open.compactMap(\.endsOn)
            let lastRole = roleEnds.count == open.count ? roleEnds.max() : nil
            let ends = [lastRole, account.endedAt.map { London.day(of: $0) }].compactMap(\.self).min()
            self = ends.map { .endsOn($0) } ?? .active
        }
    }

    /// A word or two for the list.
    var label: String {
        switch self {
        case .ended: "Ended"
        case .invited: "Invited"
        case .linkExpired: "Link expired"
        case .startsOn(let day): "Starts \(day)"
        case .noRole: "No role now"
        case .active: "Active"
        case .endsOn(let day): "Ends \(day)"
        }
    }

    /// The label as a tag.
    var tag: HTML {
        let colour: GovUK.TagColour = switch self {
        case .ended, .noRole: .grey
        case .invited, .startsOn: .blue
        case .linkExpired: .yellow
        case .active: .green
        case .endsOn: .turquoise
        }
        return GovUK.tag(label, colour: colour)
    }
}

extension Role {
    /// What an administrator should know before giving it.
    var reach: String {
        switch self {
        case .helplineWorker: "Takes calls, opens cases and gives them to workers, at this agency"
        case .idva: "Works with victims: the agency's cases, risk, notes and contact details"
        case .childrensWorker: "Works with children: the agency's cases, notes and contact details"
        case .serviceManager: "The agency's cases, and who works on them"
        case .accommodationWorker: "Runs the agency's accommodation: services, units and who lives there, without names"
        case .housingOfficer: "Reads what is shared with this agency; writes nothing"
        case .perpetratorWorker: "Works with people who harm: the agency's cases; never sees who was harmed"
        case .referrer: "Sends people to the front door and watches what becomes of it; sees no cases"
        case .administrator: "Manages accounts; sees no cases"
        case .dataProtectionOfficer: "Reads the audit log; sees no cases"
        case .analyst: "Sees what agencies hand in of a quarter, and releases it; sees no cases"
        case .commissioner: "Sees the figures that were released; sees no cases"
        }
    }
}
