import Foundation
import Postgres
@testable import App
@testable import AppTestSupport

/// One route, whom it is for, and what its address names.
struct Door {
    enum Record {
        case none
        /// Nobody's business but its owner's.
        case own(World.Kind)
        case person
        case assessment
        /// A case; one that is shared with the visitor's agency opens too where `shared` says so.
        case caseRecord(shared: Bool)
        /// A case of somebody who is harmed.
        case caseOfHarmed
        case note
        /// A line of the rota of Harbour (1), Lighthouse (2) or Pathways (4).
        case rota
        case contact
        case account
        case role
        /// A new link that waits for a second administrator.
        case renewal
        case address, document, plan
        /// A need of a case.
        case need
        /// An order of a case.
        case order
        /// A file of a case, a letter that has not left, one that has.
        case caseDocument, letter, releasedLetter
        /// What is shared of a case, and what somebody agreed to.
        case disclosure, consent
        /// A plan that another agency shares.
        case sharedPlan
        /// A case that moves: opens for its agency, and for whoever answers for the one that is asked, where so said.
        case transfer(sender: Bool, receiver: Bool)
        /// Something on a child's own record; where a child spends the day.
        case childEntry, setting
        /// A request about a child: opens for whoever decides at its agency, and for officers.
        case childRequest
        /// A record that an officer may propose to delete; one that is proposed already (105, 201) only where so said.
        case due(orProposed: Bool)
        /// A deletion that was proposed; a legal hold.
        case deletion, hold
        /// What somebody opened in an emergency: of theirs, or to be reviewed.
        case ownEmergency, emergency
        /// A data set or a referral to MARAC of a case.
        case outcome, marac, matter
        case otherName, member, agreement
        /// Two people with something recorded between them.
        case pair
        /// Two people on record, to be tied to each other: of one agency.
        case chosen
        /// Opens for whoever keeps it (by one role) and, to read, for whoever sent it.
        case referral(sender: Bool)
        /// A contact on the side of those who harm: of Pathways.
        case otherSideContact
        case handover
        case task
        /// A breach, a request or a complaint: the officer's, its recorder's, the agency's managers', and of the one that
        /// restricts (109) all who work with the case. An impact assessment.
        case dataMatter, impact
        /// A request that a pack answers, a pack, a piece of one; one that has left (401) where so said.
        case request, pack(left: Bool)
        /// Opens for an officer whom it isn't about.
        case match
        /// A programme or, of it, a group and its session: of an agency where the visitor works.
        case programme, group
        /// A service of safe accommodation, or a unit: of an agency where the visitor runs it.
        case service, unit
        /// What a service was asked by others.
        case enquiry
        /// A stay in a unit: of an agency where the visitor runs it; one that goes on, or that has ended, where so said.
        case stay(isOpen: Bool? = nil), staySupport
        /// What somewhere safe was looked for, of a case of somebody who is harmed.
        case housing
        /// A search that goes on (Olive's, 105, with a home that is held), and a home that waits for who runs it.
        case openHousing, askedOffer
        /// A sanctuary of a case on this side of the wall; one that has ended (111) only where so said.
        case sanctuary(ended: Bool)
        /// A landlord of the list.
        case landlord
        /// Figures that left.
        case release
        /// A call for data (1, of all agencies; 2, of Lighthouse alone), as the analyst has it; as an agency that is asked,
        /// where it may still send; what an agency sent, as the analyst and as the agency.
        case dataCall, ownDataCall(isOpen: Bool), dataReturn, ownDataReturn
        /// A home asked of another landlord; one that is over (101, 111) only where so said.
        case reciprocal(over: Bool)
        /// Somebody's place on a programme; of one that asks for support for the partner (401) only, where so said.
        case place(integrated: Bool)
        /// Support that somebody asked of an agency.
        case asked
        /// Support for a case; one that has not ended (204) where so said.
        case support(live: Bool)
        /// A case on the side of those who harm.
        case harmingCase
        /// A colleague whom the visitor supervises, with a supervision (2, Imran's; 11, Lucia's) and a case of theirs.
        case supervised
    }

    let path: String
    let record: Record
    /// Nil: for anybody who is signed in.
    let roles: Set<Role>?

    init(_ path: String, _ record: Record = .none, _ roles: Set<Role>? = nil) {
        (self.path, self.record, self.roles) = (path, record, roles)
    }

    static let caseworkers: Set<Role> = [
        .helplineWorker, .idva, .childrensWorker, .serviceManager, .perpetratorWorker,
    ]
    /// Its sessions are those of one person.
    var isOfPlace: Bool { path.contains("/places/") }

    static let analysts: Set<Role> = [.analyst]
    static let figureReaders: Set<Role> = [.serviceManager, .accommodationWorker, .analyst, .commissioner]
    static let planners = figureReaders
    static let housing: Set<Role> = [.accommodationWorker]
    static let keepers: Set<Role> = [.serviceManager, .accommodationWorker]
    static let askers: Set<Role> = [.helplineWorker, .idva, .childrensWorker, .serviceManager]
    static let seekers: Set<Role> = [
        .helplineWorker, .idva, .childrensWorker, .serviceManager, .accommodationWorker, .housingOfficer,
    ]
    static let readers = caseworkers.union([.housingOfficer])
    static let allocators: Set<Role> = [.helplineWorker, .serviceManager]
    static let administrators: Set<Role> = [.administrator]
    static let referrers = readers.union([.referrer, .accommodationWorker])
    static let managers: Set<Role> = [.serviceManager]
    static let answering: Set<Role> = [.helplineWorker, .idva, .serviceManager]
    static let reviewing: Set<Role> = [.serviceManager, .dataProtectionOfficer]
    static let officers: Set<Role> = [.dataProtectionOfficer]
    static let deciders = managers.union(officers)
    static let registered = caseworkers.union(officers)

    /// Pages to look at. Those for anybody, and those that end a session, have tests of their own.
    static let gets = [
        Door(""), Door("account"), Door("account/stay"), Door("account/password"),
        Door("contacts", .none, caseworkers), Door("contacts/new", .none, caseworkers),
        Door("contacts/:id", .contact, caseworkers), Door("contacts/:id/search", .contact, caseworkers),
        Door("contacts/:id/people/new", .contact, caseworkers),
        Door("search", .none, readers), Door("search/:id", .own(.search), readers),
        Door("people/:id", .person, readers), Door("people/:id/edit", .person, caseworkers),
        Door("people/:id/safe-contact", .person, caseworkers), Door("people/:id/harming/new", .person, caseworkers),
        Door("people/:id/risk/new", .person, caseworkers), Door("people/:id/risk/:risk", .assessment, readers),
        Door("people/:id/risk/police", .person, caseworkers), Door("people/:id/risk/dara", .person, caseworkers),
        Door("people/:id/risk/young", .person, caseworkers), Door("people/:id/risk/received", .person, caseworkers),
        Door("people/:id/risk", .person, readers), Door("people/:id/risk/:risk/compare", .assessment, readers),
        Door("people/:id/risk/:risk/confirm", .assessment, caseworkers),
        Door("people/:id/incidents/new", .person, caseworkers), Door("people/:id/marac", .person, caseworkers),
        Door("people/:id/events/new", .person, caseworkers), Door("people/:id/events/dismiss", .person, caseworkers),
        Door("risk-tools", .none, caseworkers), Door("risk-tools/wording", .none, managers),
        Door("people/:id/cases/new", .person, caseworkers), Door("people/:id/addresses/new", .person, caseworkers),
        Door("cases", .none, readers), Door("cases/:id", .caseRecord(shared: true), readers),
        Door("cases/:id/allocate", .caseRecord(shared: false), allocators),
        Door("cases/:id/attempts/new", .caseRecord(shared: false), caseworkers),
        Door("cases/:id/notes/new", .caseRecord(shared: false), caseworkers),
        Door("cases/:id/close", .caseRecord(shared: false), caseworkers),
        Door("cases/:id/tasks/new", .caseRecord(shared: false), caseworkers),
        Door("cases/:id/close/confirm", .caseRecord(shared: false), caseworkers),
        Door("cases/:id/support", .caseRecord(shared: false), readers),
        Door("cases/:id/support/needs/new", .caseRecord(shared: false), caseworkers),
        Door("cases/:id/support/needs/:need", .need, caseworkers),
        Door("cases/:id/interventions/new", .caseRecord(shared: false), caseworkers),
        Door("cases/:id/orders", .caseRecord(shared: false), readers),
        Door("cases/:id/orders/new", .caseRecord(shared: false), caseworkers),
        Door("cases/:id/orders/:order", .order, caseworkers),
        Door("cases/:id/orders/:order/breaches/new", .order, caseworkers),
        Door("cases/:id/documents", .caseRecord(shared: false), readers),
        Door("cases/:id/documents/new", .caseRecord(shared: false), caseworkers),
        Door("cases/:id/documents/:document/withdraw", .caseDocument, caseworkers),
        Door("cases/:id/letters", .caseRecord(shared: false), readers),
        Door("cases/:id/letters/new", .caseRecord(shared: false), caseworkers),
        Door("cases/:id/letters/:letter", .letter, caseworkers),
        Door("cases/:id/letters/:letter/release", .letter, caseworkers),
        Door("cases/:id/letters/:letter/print", .releasedLetter, caseworkers),
        Door("cases/:id/letters/:letter/outcome", .letter, caseworkers),
        Door("emergency", .none, answering), Door("emergency/reviews", .none, reviewing),
        Door("emergency/reviews/:id", .emergency, reviewing),
        Door("shares", .none, readers), Door("cases/:id/shares", .caseRecord(shared: false), readers),
        Door("cases/:id/shares/new", .caseRecord(shared: false), caseworkers),
        Door("cases/:id/shares/:share/confirm", .disclosure, caseworkers),
        Door("cases/:id/shares/:share/end", .disclosure, caseworkers),
        Door("cases/:id/consents/new", .caseRecord(shared: false), caseworkers),
        Door("transfers", .none, readers), Door("cases/:id/transfers", .caseRecord(shared: false), readers),
        Door("cases/:id/transfers/new", .caseRecord(shared: false), caseworkers),
        Door("transfers/:id", .transfer(sender: true, receiver: true), readers),
        Door("cases/:id/consents/:consent/withdraw", .consent, caseworkers),
        Door("children", .none, caseworkers), Door("people/:id/child", .person, readers),
        Door("people/:id/child/worker", .person, caseworkers), Door("people/:id/child/voice", .person, caseworkers),
        Door("people/:id/child/harm", .person, caseworkers), Door("people/:id/child/setting", .person, caseworkers),
        Door("people/:id/child/care", .person, caseworkers), Door("people/:id/child/contact", .person, caseworkers),
        Door("people/:id/child/goal", .person, caseworkers),
        Door("people/:id/child/entries/:entry", .childEntry, caseworkers),
        Door("people/:id/child/entries/:entry/withdraw", .childEntry, caseworkers),
        Door("child-requests", .none, deciders), Door("child-requests/new", .none, caseworkers),
        Door("child-requests/received", .none, caseworkers), Door("child-requests/:id", .childRequest, deciders),
        Door("units", .none, housing), Door("units/services/new", .none, housing),
        Door("units/services/:service", .service, housing), Door("units/services/:service/edit", .service, housing),
        Door("units/services/:service/units/new", .service, housing), Door("units/:unit", .unit, housing),
        Door("units/:unit/edit", .unit, housing), Door("units/:unit/next", .unit, housing),
        Door("vacancies/searches", .none, askers), Door("units/enquiries", .none, housing), Door("units/enquiries/new", .none, housing),
        Door("units/enquiries/:enquiry", .enquiry, housing), Door("units/figures", .none, housing),
        Door("units/figures/rows", .none, housing), Door("units/asked/:offer/told", .askedOffer, housing),
        Door("units/occupancy", .none, housing), Door("units/stays/:stay", .stay(), housing),
        Door("units/stays/:stay/plan", .stay(isOpen: true), housing),
        Door("units/stays/:stay/support", .stay(), housing), Door("units/stays/:stay/services", .stay(), housing),
        Door("units/stays/:stay/support/:support/take-back", .staySupport, housing),
        Door("units/stays/:stay/review", .stay(isOpen: true), housing),
        Door("units/stays/:stay/transfer", .stay(isOpen: true), housing),
        Door("units/stays/:stay/follow-up", .stay(isOpen: false), housing),
        Door("cases/:id/housing", .caseOfHarmed, readers), Door("cases/:id/housing/new", .caseOfHarmed, askers),
        Door("cases/:id/housing/:request", .housing, readers), Door("vacancies", .none, seekers),
        Door("cases/:id/housing/:request/units/:unit", .openHousing, askers),
        Door("cases/:id/housing/:request/elsewhere", .openHousing, askers),
        Door("cases/:id/housing/:request/end", .openHousing, askers),
        Door("cases/:id/housing/:request/offers/:offer", .openHousing, askers),
        Door("units/asked/:offer", .askedOffer, housing), Door("capacity", .none, planners),
        Door("team/homes/return", .none, managers), Door("figures", .none, figureReaders),
        Door("figures/prepare", .none, analysts), Door("figures/:release", .release, figureReaders),
        Door("figures/:release/file", .release, figureReaders),
        Door("figures/:release/spreadsheet", .release, figureReaders),
        Door("data", .none, analysts), Door("data/new", .none, analysts), Door("data/specifications", .none, analysts),
        Door("data/specifications/new", .none, analysts), Door("data/:call", .dataCall, analysts),
        Door("data/:call/quality", .dataCall, analysts), Door("data/:call/quality/file", .dataCall, analysts),
        Door("data/returns/:return", .dataReturn, analysts), Door("team/data", .none, managers),
        Door("team/data/:call", .ownDataCall(isOpen: false), managers),
        Door("team/data/:call/send", .ownDataCall(isOpen: true), managers),
        Door("team/data/returns/:return", .ownDataReturn, managers),
        Door("team/data/returns/:return/rows", .ownDataReturn, managers),
        Door("team/data/returns/:return/rows/file", .ownDataReturn, managers),
        Door("team/data/returns/:return/words", .ownDataReturn, managers),
        Door("units/routes-to-support", .none, housing), Door("cases/:id/housing/:request/travel", .housing, askers),
        Door("landlords", .none, keepers), Door("landlords/new", .none, keepers),
        Door("landlords/:landlord/edit", .landlord, keepers),
        Door("cases/:id/reciprocals", .caseOfHarmed, readers), Door("cases/:id/reciprocals/new", .caseOfHarmed, caseworkers),
        Door("cases/:id/reciprocals/:reciprocal", .reciprocal(over: true), readers),
        Door("cases/:id/reciprocals/:reciprocal/next", .reciprocal(over: false), caseworkers),
        Door("cases/:id/reciprocals/:reciprocal/edit", .reciprocal(over: false), caseworkers),
        Door("cases/:id/sanctuary", .caseOfHarmed, readers),
        Door("cases/:id/sanctuary/new", .caseOfHarmed, caseworkers),
        Door("cases/:id/sanctuary/:sanctuary", .sanctuary(ended: true), readers),
        Door("cases/:id/sanctuary/:sanctuary/edit", .sanctuary(ended: false), caseworkers),
        Door("cases/:id/sanctuary/:sanctuary/items", .sanctuary(ended: false), caseworkers),
        Door("cases/:id/sanctuary/:sanctuary/next", .sanctuary(ended: false), caseworkers),
        Door("cases/:id/sanctuary/:sanctuary/order", .sanctuary(ended: false), caseworkers),
        Door("programmes", .none, caseworkers), Door("programmes/new", .none, caseworkers),
        Door("programmes/:programme", .programme, caseworkers),
        Door("programmes/:programme/edit", .programme, caseworkers),
        Door("programmes/:programme/groups/new", .programme, caseworkers),
        Door("groups/:group", .group, caseworkers), Door("groups/:group/edit", .group, caseworkers),
        Door("groups/:group/sessions/new", .group, caseworkers),
        Door("groups/:group/sessions/:session", .group, caseworkers),
        Door("cases/:id/places", .caseRecord(shared: false), readers),
        Door("cases/:id/places/new", .caseRecord(shared: false), caseworkers),
        Door("cases/:id/places/:place", .place(integrated: false), readers),
        Door("cases/:id/places/:place/next", .place(integrated: false), caseworkers),
        Door("cases/:id/places/:place/notices/new", .place(integrated: true), caseworkers),
        Door("cases/:id/places/:place/sessions/new", .place(integrated: false), caseworkers),
        Door("cases/:id/places/:place/sessions/:session", .place(integrated: false), caseworkers),
        Door("across", .none, allocators), Door("across/:asked", .asked, allocators),
        Door("cases/:id/across", .caseRecord(shared: false), readers),
        Door("cases/:id/across/:support", .support(live: true), caseworkers),
        Door("cases/:id/across/:support/end", .support(live: true), caseworkers),
        Door("team/supervision", .none, managers), Door("team/supervision/:worker", .supervised, managers),
        Door("team/supervision/:worker/:supervision", .supervised, managers),
        Door("team/supervision/:worker/:supervision/:case", .supervised, managers),
        Door("cases/:id/supervision", .caseRecord(shared: false), readers),
        Door("matac", .none, caseworkers), Door("cases/:id/matac", .harmingCase, readers),
        Door("cases/:id/matac/new", .harmingCase, caseworkers), Door("people/:id/serial", .person, managers),
        Door("cases/:id/year", .caseRecord(shared: false), readers), Door("views", .none, readers),
        Door("cases/:id/rights", .caseRecord(shared: false), readers),
        Door("cases/:id/rights/new", .caseRecord(shared: false), caseworkers),
        Door("cases/:id/rights/:matter", .matter, caseworkers),
        Door("cases/:id/rights/:matter/withdraw", .matter, caseworkers),
        Door("cases/:id/referrals/new", .caseRecord(shared: false), caseworkers),
        Door("cases/:id/outcomes", .caseOfHarmed, readers),
        Door("cases/:id/outcomes/intake", .caseOfHarmed, caseworkers),
        Door("cases/:id/outcomes/review", .caseOfHarmed, caseworkers),
        Door("cases/:id/outcomes/exit", .caseOfHarmed, caseworkers),
        Door("cases/:id/outcomes/:set/withdraw", .outcome, caseworkers),
        Door("cases/:id/marac/new", .caseOfHarmed, caseworkers),
        Door("cases/:id/marac/:marac", .marac, readers), Door("cases/:id/marac/:marac/print", .marac, readers),
        Door("cases/:id/marac/:marac/withdraw", .marac, caseworkers),
        Door("notes/:id/edit", .note, caseworkers),
        Door("referrals", .none, referrers), Door("referrals/new", .none, referrers),
        Door("referrals/waiting", .none, allocators), Door("referrals/quarantine", .none, allocators),
        Door("referrals/unanswered", .none, managers), Door("referrals/:id", .referral(sender: true), allocators),
        Door("contacts/:id/referrals/new", .contact, caseworkers),
        Door("contacts/email", .none, caseworkers), Door("contacts/:id/edit", .contact, caseworkers),
        Door("contacts/:id/warn", .otherSideContact, caseworkers),
        Door("contacts/:id/warn/:search", .otherSideContact, caseworkers),
        Door("shift", .none, allocators), Door("shift/handover", .none, allocators),
        Door("shift/calls", .none, allocators), Door("shift/blank", .none, allocators),
        Door("people/:id/plan", .person, readers), Door("people/:id/plan/:plan", .plan, readers),
        Door("people/:id/plan/:plan/print", .plan, readers), Door("people/:id/plan/:plan/share", .plan, caseworkers),
        Door("shares/:id", .sharedPlan, readers),
        Door("people/:id/plan/adult", .person, caseworkers), Door("people/:id/plan/child", .person, caseworkers),
        Door("people/:id/timeline", .person, readers), Door("people/:id/timeline/print", .person, readers),
        Door("team", .none, managers), Door("team/rota", .none, managers), Door("team/outputs", .none, managers),
        Door("team/homes", .none, managers), Door("team/homes/rows", .none, managers),
        Door("team/homes/local-connection", .none, managers), Door("team/reciprocals", .none, managers),
        Door("team/reciprocals/rows", .none, managers),
        Door("team/outputs/rows", .none, managers), Door("team/data-sets", .none, managers),
        Door("accounts", .none, administrators), Door("accounts/new", .none, administrators),
        Door("accounts/:id", .account, administrators), Door("accounts/:id/roles", .account, administrators),
        Door("accounts/:id/roles/:role/end", .role, administrators),
        Door("accounts/:id/invitation", .account, administrators), Door("accounts/:id/end", .account, administrators),
        Door("accounts/:id/renewals/:renewal", .renewal, administrators),
        Door("audit", .none, officers), Door("audit/unusual", .none, officers),
        Door("people/:id/seen", .person, readers), Door("people/:id/seen/print", .person, readers),
        Door("account/interests"), Door("interests", .none, officers),
        Door("report-a-breach"), Door("report-a-breach/received"), Door("register", .none, registered),
        Door("register/requests/new", .none, registered), Door("register/matters/:id", .dataMatter, registered),
        Door("register/matters/:id/next", .dataMatter, officers), Door("register/matters/:id/pack", .request, officers),
        Door("packs/:id", .pack(left: false), reviewing), Door("packs/:id/gather", .pack(left: false), managers),
        Door("packs/:id/items/:item", .pack(left: false), reviewing), Door("packs/:id/next", .pack(left: false), officers),
        Door("packs/:id/sign", .pack(left: false), managers), Door("packs/:id/print", .pack(left: true), reviewing),
        Door("packs/:id/file", .pack(left: true), reviewing),
        Door("register/processing", .none, registered),
        Door("register/processing/entry", .none, registered), Door("register/processing/change", .none, officers),
        Door("register/routes", .none, registered), Door("register/assessments", .none, registered),
        Door("register/assessments/new", .none, officers), Door("register/assessments/:id", .impact, registered),
        Door("register/assessments/:id/change", .impact, officers), Door("register/notices", .none, registered),
        Door("register/notices/entry", .none, registered), Door("register/notices/change", .none, officers),
        Door("interests/:id", .match, officers),
        Door("retention", .none, officers), Door("retention/schedule", .none, officers),
        Door("retention/due/:id", .due(orProposed: false), officers), Door("retention/proposals", .none, reviewing),
        Door("retention/proposals/:id", .deletion, reviewing), Door("retention/holds", .none, reviewing),
        Door("retention/holds/:id", .hold, reviewing),
        Door("people/:id/names", .person, caseworkers), Door("people/:id/about", .person, caseworkers),
        Door("people/:id/children/new", .person, caseworkers), Door("people/:id/household", .person, caseworkers),
        Door("people/:id/related/:other", .pair, readers), Door("cases/:id/search", .caseRecord(shared: false), readers),
        Door("agreements", .none, agreeing),
        Door("people/:id/harming/search", .person, caseworkers),
        Door("people/:id/children/search", .person, caseworkers),
        Door("people/:id/harming/:other", .chosen, caseworkers),
        Door("people/:id/children/:other", .chosen, caseworkers),
        Door("people/:id/same/search", .person, caseworkers), Door("people/:id/same/:other", .chosen, caseworkers),
        Door("people/:id/same/:other/answer", .chosen, caseworkers),
        Door("people/:id/same/:other/undo", .chosen, caseworkers), Door("team/duplicates", .none, managers),
        Door("team/working-time", .none, managers), Door("team/letters", .none, managers),
        Door("team/letters/write", .none, managers),
    ]

    static let agreeing: Set<Role> = [.administrator, .serviceManager]

    /// Routes for anybody, and those that end the visitor's own session.
    static let apart: Set = [
        "GET sign-in", "POST sign-in", "GET sign-in/code", "POST sign-in/code", "POST lock", "POST sign-out",
        "GET signed-out", "GET exit", "GET help", "GET tell-us", "POST tell-us", "GET tell-us/received", "GET privacy",
        "GET privacy/:audience", "GET accessibility", "GET licences", "GET invitations/:token",
        "POST invitations/:token", "GET invitations/:token/authenticator", "POST invitations/:token/authenticator",
    ]
}

/// One address behind a door, and whether it opens for one person.
struct Knock {
    let path: String
    let opens: Bool

    /// The addresses to try. Whom no role lets through this door gets as far at one record as at any other: they try a
    /// quarter of them, another at each door, and all of them in the long run.
    static func all(_ door: Door, by visitor: World.Staff) -> [Knock] {
        let all = each(door, by: visitor)
        if isLong || all.contains(where: \.opens) { return all }
        guard let roles = door.roles, !Reach.of(visitor).has(roles) else { return all }
        let first = door.path.utf8.count + visitor.rawValue
        return all.enumerated().filter { ($0.offset + first).isMultiple(of: 4) || $0.offset == 0 }.map(\.element)
    }

    private static let isLong = ProcessInfo.processInfo.environment["TEST_LONG"]?.isEmpty == false

    /// Every address: of each agency, barred, restricted, shared, of the other partnership, absent.
    private static func each(_ door: Door, by visitor: World.Staff) -> [Knock] {
        let reach = Reach.of(visitor)
        let steps = door.path.split(separator: "/").map(String.init)
        let supports = door.path.contains("stay/support/")
        func knock(_ id: UUID, _ opens: Bool, _ second: UUID? = nil) -> Knock {
            let parts = steps.map { step in
                switch step {
                // A programme, a group or what was asked is the record itself; a session is of a group, or of a place.
                case ":id", ":programme", ":group", ":asked", ":view": id.column
                case ":stay" where supports: id.column
                case ":session": (second.map { door.isOfPlace ? World.id(.ownSession, of: $0) : $0 } ?? id).column
                default: step.utf8.first == UInt8(ascii: ":") ? (second ?? id).column : step
                }
            }
            return Knock(path: "/" + parts.joined(separator: "/"), opens: opens)
        }
        func may(at number: Int) -> Bool { door.roles.map { reach.has($0, at: number / 100) } ?? true }
        let people = [101, 103, 105, 107, 108, 109, 112, 201, 203, 205, 301, 401]
        let cases = [101, 103, 113, 105, 107, 109, 111, 201, 203, 204, 205, 301, 401]
        func parts(_ kind: World.Kind) -> [Knock] {
            cases.map {
                knock(World.id(.record, $0), may(at: $0) && reach.cases.contains($0), World.id(kind, $0))
            } + [knock(World.mayasCase, false, World.id(kind, 105)), knock(World.mayasCase, false, World.absent),
                 knock(World.id(.record, 101, .south), false, World.id(kind, 101, .south))]
        }
        switch door.record {
        case .none: return [Knock(path: "/" + door.path, opens: door.roles.map { reach.has($0) } ?? true)]
        case .own(let kind):
            let mayAsk = door.roles.map { reach.has($0) } ?? true
            return World.Staff.allCases.filter { kind != .session || $0 != visitor }.map { owner in
                knock(World.id(kind, owner.rawValue), owner == visitor && mayAsk)
            } + [knock(World.id(kind, visitor.rawValue, .south), false), knock(World.absent, false)]
        case .person:
            return people.map { knock(World.id(.person, $0), may(at: $0) && reach.people.contains($0)) }
                + [knock(World.id(.person, 101, .south), false), knock(World.absent, false)]
        case .assessment:
            return [101, 103, 105, 107, 109, 201, 203, 205, 301, 401].map {
                knock(World.id(.person, $0), may(at: $0) && reach.people.contains($0), World.id(.assessment, $0))
            } + [knock(World.maya, false, World.id(.assessment, 105)), knock(World.maya, false, World.absent),
                 knock(World.id(.person, 101, .south), false, World.id(.assessment, 101, .south))]
        case .caseRecord(let shared):
            return cases.map { number in
                let isShared = shared && reach.shared.contains(number) && door.roles.map { reach.has($0) } ?? true
                return knock(World.id(.record, number), may(at: number) && reach.cases.contains(number) || isShared)
            } + [knock(World.id(.record, 101, .south), false), knock(World.absent, false)]
        case .caseOfHarmed:
            return cases.map { number in
                let isOurs = may(at: number) && reach.cases.contains(number)
                return knock(World.id(.record, number), isOurs && number / 100 != 4)
            } + [knock(World.id(.record, 101, .south), false), knock(World.absent, false)]
        case .note:
            // A note is changed by who wrote it: Hana at Harbour, Lucia at Lighthouse, Piers at Pathways.
            return cases.map { number in
                let wroteIt = number < 200 && visitor == .hana || number / 100 == 2 && visitor == .lucia
                    || number / 100 == 4 && visitor == .piers
                return knock(World.id(.note, number), wroteIt && may(at: number) && reach.cases.contains(number))
            } + [knock(World.id(.note, 101, .south), false), knock(World.absent, false)]
        case .rota:
            return [1, 2, 3, 4].map { knock(World.id(.rota, $0), may(at: $0 * 100)) }
                + [knock(World.id(.rota, 1, .south), false), knock(World.absent, false)]
        case .contact:
            return people.map { knock(World.id(.contact, $0), may(at: $0) && reach.people.contains($0)) }
                + [101, 201, 301].map { knock(World.id(.silentContact, $0), may(at: $0)) }
                + [knock(World.id(.contact, 101, .south), false), knock(World.absent, false)]
        case .account:
            return [1, 5, 11, 14, 18].map { knock(World.id(.account, $0), door.roles.map { reach.has($0) } ?? true) }
                + [knock(World.id(.account, 1, .south), false), knock(World.absent, false)]
        case .referral(let sender):
            // Sent by Northfield Housing (3) or the police (5); kept by the agency of the person.
            let rows: [(kind: World.Kind, number: Int, from: Int)] = [
                (.referral, 101, 5), (.referral, 105, 3), (.referral, 201, 5), (.referral, 301, 5), (.referral, 401, 3),
                (.waitingReferral, 101, 5), (.publicReferral, 101, 0),
            ]
            return rows.map { row in
                let isBarred = row.kind == .referral && !reach.people.contains(row.number)
                    && reach.agencies.contains { $0.agency == row.number / 100 }
                let sent = sender && reach.has(Door.referrers, at: row.from)
                return knock(World.id(row.kind, row.number), (may(at: row.number) || sent) && !isBarred)
            } + [knock(World.id(.referral, 101, .south), false), knock(World.absent, false)]
        case .sharedPlan:
            // None is shared in the World; PlanShareTests shares one. What else is shared is no plan.
            return [knock(World.id(.disclosure, 201), false), knock(World.id(.share, 201), false),
                    knock(World.absent, false)]
        case .transfer(let sender, let receiver):
            // Harbour asks Lighthouse, Lighthouse Harbour, Northfield Housing Lighthouse; at Pathways Piers is asked.
            // Of Nell's (103) nobody there may know. Nerys's (206) is no longer Lighthouse's to read.
            let rows = [(101, 2), (103, 0), (109, 2), (203, 1), (301, 2), (401, 4), (206, 1)]
            return rows.map { number, to in
                let isSenders = sender && may(at: number) && reach.cases.contains(number)
                let isOdd = number == 206 && visitor == .rosa && sender
                let isAsked = receiver && (number == 401 ? visitor == .piers : reach.has(Door.allocators, at: to))
                return knock(World.id(.transfer, number), isSenders || isAsked || isOdd)
            } + [knock(World.id(.transfer, 101, .south), false), knock(World.absent, false)]
        case .otherSideContact:
            // Pathways' own; on the other side nobody is warned of anybody. The second part is a search of the visitor's.
            let search = World.id(.search, visitor.rawValue)
            return [knock(World.id(.contact, 401), may(at: 401) && reach.people.contains(401), search),
                    knock(World.id(.contact, 101), false, search), knock(World.absent, false, search)]
        case .handover:
            return [1, 2, 4].map { knock(World.id(.handover, $0), may(at: $0 * 100)) }
                + [knock(World.id(.handover, 1, .south), false), knock(World.absent, false)]
        case .task:
            return people.map { knock(World.id(.promise, $0), may(at: $0) && reach.people.contains($0)) }
                + [knock(World.id(.promise, 101, .south), false), knock(World.absent, false)]
        case .renewal:
            // None waits in the World; RenewalTests opens one.
            return [knock(World.Staff.hana.account, false, World.absent), knock(World.absent, false),
                    knock(World.id(.account, 1, .south), false, World.absent)]
        case .address:
            return people.map {
                knock(World.id(.person, $0), may(at: $0) && reach.people.contains($0), World.id(.address, $0))
            } + [knock(World.maya, false, World.id(.address, 105)), knock(World.maya, false, World.absent)]
        case .document:
            return [101, 103, 105, 107, 109, 201, 203, 205, 301, 401].map {
                knock(World.id(.person, $0), may(at: $0) && reach.people.contains($0), World.id(.document, $0))
            } + [knock(World.maya, false, World.id(.document, 105)), knock(World.maya, false, World.absent),
                 knock(World.id(.person, 101, .south), false, World.id(.document, 101, .south))]
        case .plan:
            let mine = people.map {
                knock(World.id(.person, $0), may(at: $0) && reach.people.contains($0), World.id(.plan, $0))
            }
            return mine + [
                knock(World.maya, may(at: 101) && reach.people.contains(101), World.id(.earlierPlan, 101)),
                knock(World.maya, false, World.id(.plan, 105)), knock(World.maya, false, World.absent),
                knock(World.id(.person, 101, .south), false, World.id(.plan, 101, .south)),
            ]
        case .childEntry, .setting:
            let kind: World.Kind = if case .setting = door.record { .setting } else { .voice }
            return people.map {
                knock(World.id(.person, $0), may(at: $0) && reach.people.contains($0), World.id(kind, $0))
            } + [knock(World.maya, false, World.id(kind, 105)), knock(World.maya, false, World.absent),
                 knock(World.id(.person, 101, .south), false, World.id(kind, 101, .south))]
        case .childRequest:
            // What was asked about nobody whom anybody has found (101) is no secret within the agency.
            return [101, 105, 201, 301, 401].map { number in
                let isWithin = number == 101 || reach.people.contains(number)
                return knock(World.id(.childRequest, number),
                             reach.has(Door.officers) || reach.has(Door.managers, at: number / 100) && isWithin)
            } + [knock(World.id(.childRequest, 101, .south), false), knock(World.absent, false)]
        case .need: return parts(.need)
        case .order: return parts(.order)
        case .caseDocument: return parts(.document)
        case .letter: return parts(.letter)
        case .releasedLetter: return parts(.releasedLetter)
        case .disclosure: return parts(.disclosure)
        case .consent: return parts(.consent)
        case .place(let integrated):
            return parts(.place).map { one in
                Knock(path: one.path, opens: one.opens && (!integrated || one.path.contains("000000000401/")))
            }
        case .support(let live):
            return parts(.support).map { one in
                Knock(path: one.path, opens: one.opens
                    && (!live || ["000000000111/", "000000000204/"].contains(where: one.path.contains)))
            }
        case .harmingCase:
            return cases.map { knock(World.id(.record, $0), may(at: $0) && reach.cases.contains($0) && $0 == 401) }
                + [knock(World.absent, false)]
        case .supervised:
            // Of Imran: Maya's case and, where only the number is asked, no other.
            func one(_ worker: Int, _ record: Int, _ opens: Bool, _ supervision: Int? = nil) -> Knock {
                Knock(path: "/" + door.path.replacing(":worker", with: World.id(.account, worker).column)
                    .replacing(":supervision", with: World.id(.supervision, supervision ?? worker).column)
                    .replacing(":case", with: World.id(.record, record).column), opens: opens)
            }
            let hasCase = door.path.hasSuffix(":case"), hasSupervision = door.path.contains(":supervision")
            return [
                one(2, 101, may(at: 100)), one(11, 201, may(at: 200) && (!hasCase || reach.cases.contains(201))),
                one(2, 105, may(at: 100) && !hasCase), one(2, 101, may(at: 100) && !hasSupervision, 3),
                one(13, 301, false), one(999, 101, false),
            ]
        case .programme, .group:
            let kind: World.Kind = if case .group = door.record { .group } else { .programme }
            return [1, 2, 3, 4].map { knock(World.id(kind, $0), may(at: $0 * 100), World.id(.groupSession, $0)) }
                + [knock(World.id(kind, 1, .south), false, World.id(.groupSession, 1, .south)), knock(World.absent, false)]
        case .service, .unit, .enquiry:
            let kind: World.Kind = switch door.record {
            case .unit: .unit
            case .enquiry: .enquiry
            default: .service
            }
            return [1, 2, 3].map { knock(World.id(kind, $0), may(at: $0 * 100)) }
                + [knock(World.id(kind, 2, .south), false), knock(World.absent, false)]
        case .stay(let isOpen):
            return [1, 2, 3].flatMap { number in
                [knock(World.id(.unitTime, number), may(at: number * 100) && isOpen != false),
                 knock(World.id(.pastStay, number), may(at: number * 100) && isOpen != true)]
            } + [knock(World.id(.unitTime, 2, .south), false), knock(World.id(.unit, 2), false)]
        case .staySupport:
            return [1, 2, 3].map {
                knock(World.id(.unitTime, $0), may(at: $0 * 100), World.id(.staySupport, $0))
            } + [knock(World.id(.unitTime, 2), false, World.id(.staySupport, 3)),
                 knock(World.id(.unitTime, 2), false, World.absent)]
        case .asked:
            return [101, 105, 201, 301, 401].map { knock(World.id(.across, $0), may(at: $0)) }
                + [knock(World.id(.across, 101, .south), false), knock(World.absent, false)]
        case .ownEmergency:
            let openers: [Int: World.Staff] = [203: .hana, 107: .lucia, 301: .lucia, 204: .fen]
            return openers.map { number, who in
                knock(World.id(.emergency, number), who == visitor)
            } + [knock(World.id(.emergency, 203, .south), false), knock(World.absent, false)]
        case .emergency:
            return [203, 107, 301, 204].map { number in
                let isManager = reach.has([.serviceManager], at: number / 100) && reach.cases.contains(number)
                return knock(World.id(.emergency, number), isManager || reach.has(Door.officers))
            } + [knock(World.id(.emergency, 203, .south), false), knock(World.absent, false)]
        case .openHousing:
            return [105, 101, 201].map { number in
                Knock(path: "/" + door.path.replacing(":id", with: World.id(.record, number).column)
                    .replacing(":request", with: World.id(.openHousing, number).column)
                    .replacing(":unit", with: World.id(.freeUnit, 2).column)
                    .replacing(":offer", with: World.id(.offer, number).column),
                      opens: number == 105 && may(at: number) && reach.cases.contains(number))
            }
        case .askedOffer:
            return [knock(World.id(.offer, 105), may(at: 200)), knock(World.id(.offer, 109), may(at: 300)),
                    knock(World.id(.elsewhere, 105), false), knock(World.id(.offer, 105, .south), false)]
        case .outcome, .housing:
            // Those who work with people who harm take none, and look for no home.
            let kind: World.Kind = if case .housing = door.record { .housing } else { .outcome }
            return parts(kind).map { one in
                one.path.contains(World.id(.record, 401).column) ? Knock(path: one.path, opens: false) : one
            }
        case .marac: return parts(.marac)
        case .sanctuary(let ended):
            return parts(.sanctuary).map { one in
                let shut = [401] + (ended ? [] : [111])
                return Knock(path: one.path, opens: one.opens && !shut.contains { number in
                    one.path.contains(World.id(.record, number).column)
                })
            }
        case .reciprocal(let over):
            return parts(.reciprocal).map { one in
                let shut = [401] + (over ? [] : [101, 111])
                return Knock(path: one.path, opens: one.opens && !shut.contains { number in
                    one.path.contains(World.id(.record, number).column)
                })
            }
        case .release:
            return [knock(World.id(.figureRelease, 1), reach.has(Door.figureReaders)), knock(World.id(.figureRelease, 1, .south), false),
                    knock(World.absent, false)]
        case .dataCall:
            return [1, 2].map { knock(World.id(.dataCall, $0), reach.has(Door.analysts)) }
                + [knock(World.id(.dataCall, 1, .south), false), knock(World.absent, false)]
        case .ownDataCall(let isOpen):
            return [1, 2].map { number in
                let asked = number == 1 ? [1, 2, 3, 4] : [2]
                let isAsked = asked.contains { reach.has(Door.managers, at: $0) }
                return knock(World.id(.dataCall, number), isAsked && !(isOpen && number == 2))
            } + [knock(World.id(.dataCall, 1, .south), false), knock(World.absent, false)]
        case .dataReturn, .ownDataReturn:
            return [1, 2, 3, 4].map { number in
                let opens = if case .dataReturn = door.record { reach.has(Door.analysts) } else { may(at: number * 100) }
                return knock(World.id(.dataReturn, number), opens)
            } + [knock(World.id(.dataReturn, 1, .south), false), knock(World.absent, false)]
        case .landlord:
            return [1, 3].map { knock(World.id(.landlord, $0), reach.has(Door.keepers)) }
                + [knock(World.id(.landlord, 1, .south), false), knock(World.absent, false)]
        case .matter: return parts(.matter)
        case .otherName:
            return [101, 102].map {
                knock(World.id(.person, $0), may(at: $0) && reach.people.contains($0), World.id(.otherName, $0))
            } + [knock(World.maya, false, World.id(.name, 101)), knock(World.maya, false, World.id(.otherName, 102))]
        case .member:
            return [101, 105, 109, 201, 301, 401].map {
                knock(World.id(.person, $0), may(at: $0) && reach.people.contains($0), World.id(.member, $0))
            } + [knock(World.maya, false, World.id(.member, 109)), knock(World.maya, false, World.absent)]
        case .pair:
            return [(101, 102), (105, 106), (107, 102), (109, 108), (103, 104), (201, 202), (301, 302), (402, 401)].map {
                knock(World.id(.person, $0), may(at: $0) && reach.people.isSuperset(of: [$0, $1]), World.id(.person, $1))
            } + [knock(World.maya, false, World.olive), knock(World.maya, false, World.absent),
                 knock(World.maya, false, World.farida)]
        case .chosen:
            // Whoever reaches two agencies ties nobody of the one to anybody of the other.
            return [(101, 102), (101, 105), (101, 103), (107, 109), (401, 402), (201, 202), (101, 401), (401, 101)].map {
                let isOne = $0 / 100 == $1 / 100 && may(at: $0)
                return knock(
                    World.id(.person, $0), isOne && reach.people.isSuperset(of: [$0, $1]), World.id(.person, $1))
            } + [knock(World.maya, false, World.absent), knock(World.maya, false, World.id(.person, 105, .south))]
        case .agreement:
            return [2, 3, 4].map { knock(World.id(.agreement, $0), reach.has([.administrator]) || may(at: $0 * 100)) }
                + [knock(World.id(.agreement, 2, .south), false), knock(World.absent, false)]
        case .dataMatter:
            let rows: [(number: Int, by: World.Staff, of: Int?)] = [
                (101, .imran, 101), (103, .sunita, 103), (109, .hana, 109), (112, .hana, nil), (201, .lucia, nil),
                (301, .harriet, nil), (401, .piers, nil),
            ]
            return rows.map { row in
                let isWithin = row.of.map { reach.cases.contains($0) } ?? true
                let isManager = reach.has(Door.managers, at: row.number / 100) && isWithin
                let isHere = reach.agencies.contains { $0.agency == row.number / 100 && Door.caseworkers.contains($0.role) }
                let sees = reach.has(Door.officers) || visitor == row.by || isManager
                    || row.number == 109 && isHere && isWithin
                return knock(World.id(.dataMatter, row.number), sees && door.roles.map { reach.has($0) } ?? true)
            } + [knock(World.id(.dataMatter, 101, .south), false), knock(World.absent, false)]
        case .request:
            return [102, 104, 202, 402].map { knock(World.id(.dataMatter, $0), reach.has(Door.officers)) }
                + [knock(World.id(.dataMatter, 101), false), knock(World.id(.dataMatter, 102, .south), false),
                   knock(World.absent, false)]
        case .pack(let left):
            return [101, 105, 201, 401].map { number in
                let isOfficer = reach.has(Door.officers) && door.roles?.isSuperset(of: Door.officers) ?? true
                let isManager = reach.has(Door.managers, at: number / 100) && reach.people.contains(number)
                    && door.roles?.isSuperset(of: Door.managers) ?? true
                return knock(World.id(.pack, number), (isOfficer || isManager) && (!left || number == 401),
                             World.id(.piece, number))
            } + [knock(World.id(.pack, 101, .south), false, World.id(.piece, 101, .south)), knock(World.absent, false)]
        case .impact:
            return [knock(World.id(.impact, 1), door.roles.map { reach.has($0) } ?? true),
                    knock(World.id(.impact, 1, .south), false), knock(World.absent, false)]
        case .due(let orProposed):
            return [107, 204, 105, 201].map { number in
                knock(World.id(.due, number), reach.has(Door.officers) && (orProposed || ![105, 201].contains(number)))
            }
                + [knock(World.id(.due, 107, .south), false), knock(World.absent, false)]
        case .deletion, .hold:
            let kind: World.Kind = if case .hold = door.record { .hold } else { .deletion }
            let isOfficer = reach.has(Door.officers) && door.roles?.isSuperset(of: Door.officers) ?? true
            return [101, 105, 201, 401].map { number in
                let isManager = reach.has(Door.managers, at: number / 100) && reach.people.contains(number)
                return knock(World.id(kind, number), isOfficer || isManager)
            } + [knock(World.id(kind, 105, .south), false), knock(World.absent, false)]
        case .match:
            return [201, 101, 105, 112].map { knock(World.id(.match, $0), reach.has(Door.officers) && $0 != 112) }
                + [knock(World.id(.match, 201, .south), false), knock(World.absent, false)]
        case .role:
            let may = door.roles.map { reach.has($0) } ?? true
            return [knock(World.Staff.hana.account, may, World.id(.role, 1)),
                    knock(World.Staff.hana.account, false, World.id(.role, 2)),
                    // Ended already: leads to the account.
                    knock(World.Staff.yusuf.account, may, World.id(.role, 6)),
                    knock(World.id(.account, 1, .south), false, World.id(.role, 1, .south))]
        }
    }
}
