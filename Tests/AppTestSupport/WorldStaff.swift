import Foundation

extension World {
    /// Everyone who can sign in, with their account's number. Who they are is the same in both partnerships.
    enum Staff: Int, CaseIterable {
        /// Harbour's helpline worker.
        case hana = 1
        /// Harbour's IDVA with the main caseload; on the team of Nell's first case.
        case imran
        /// Harbour's other IDVA: on no team. Her role has an end, far ahead.
        case ivy
        /// Harbour's service manager; on the team of both of Nell's cases.
        case sunita
        /// Has left Harbour: the account ended yesterday, the role and an open session are still there.
        case lena
        /// Harbour's IDVA until yesterday: the account goes on without a role in force.
        case yusuf
        /// Harbour's IDVA from next week.
        case tamsin
        /// Harbour's IDVA who is barred from a person, Olive.
        case petra
        /// Harbour's IDVA who is barred from a case, Priyanka's.
        case carl
        /// Harbour's IDVA who is barred from someone who harms, Dean.
        case bilal
        /// Lighthouse's IDVA; on the team of Sorcha's case.
        case lucia
        /// Lighthouse's service manager; on no team.
        case lowri
        /// Northfield Housing's housing officer.
        case harriet
        /// The administrator: accounts, no casework.
        case adaeze
        /// The data protection officer: the audit log, no casework.
        case dilys
        /// IDVA of both Harbour and Lighthouse.
        case rosa
        /// Has an account and no role at all.
        case noor
        /// Service manager and administrator at once; barred from the case that Lighthouse shares, Farida's.
        case gwen
        /// Harbour's IDVA who will leave in a month.
        case fen
        /// Pathways' perpetrator worker, who must never see those who were harmed.
        case piers
        /// A police officer who refers.
        case rhian
        /// Helpline worker of Harbour and of Pathways: the front door is one.
        case odette
        /// Runs Lighthouse's safe accommodation.
        case sefa
        /// The partnership's analyst, at Northfield: what agencies hand in, and no record of anybody.
        case brannoc
        /// Pays for services, at Northfield: what was released, and nothing else.
        case sorrel

        /// The name in tokens and addresses: `hana`.
        var name: String { "\(self)" }

        /// The account in north.
        var account: UUID { World.id(.account, rawValue) }

        /// The account in one of the partnerships.
        func account(in side: Side) -> UUID { World.id(.account, rawValue, side) }

        /// The token of a full session that ends long after the tests: `session-hana`, in south `session-south-hana`.
        func token(in side: Side = .north) -> String {
            side == .north ? "session-\(name)" : "session-south-\(name)"
        }

        /// The id of that session.
        func session(in side: Side = .north) -> UUID { World.id(.session, rawValue, side) }
    }

    /// Tokens that reach nothing: of a session that has given a password only, of one that lay idle too long, of one
    /// that came to its end, and of someone who has left.
    static let deadTokens = ["session-code", "session-expired", "session-over", Staff.lena.token()]
}
