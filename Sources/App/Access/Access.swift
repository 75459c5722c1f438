import Foundation

/// What a signed-in person may be allowed to do. Closed on purpose: adding a case means deciding who has it.
enum Permission: String, CaseIterable, Sendable {
    case recordContacts, searchPeople, viewPeople, editPeople, revealContactDetails, assessRisk
    case viewCases, openCases, closeCases, allocateCases, recordAttempts, writeNotes
    /// Tell another agency, answer for a colleague's telling, and record consent.
    case shareCases
    /// Open a case of another agency in an emergency, and review that others did.
    case openInEmergency, reviewEmergencies
    /// Send somebody on to another service, or to the front door, and watch what becomes of it.
    case makeReferrals
    /// Take, answer and close what others sent.
    case handleReferrals
    /// What a provider offers and how it stands; and what is free, for whoever looks for somewhere safe.
    case manageUnits, viewVacancies
    /// Look for somewhere safe, for a case.
    case seekHousing
    /// How many spaces are needed.
    case planCapacity
    /// Figures that passed disclosure control; and make them, out of what agencies hand in.
    case viewReleases, releaseFigures
    /// Ask agencies for data, and see how good it is; send it for one's agency.
    case askForData, sendData
    /// Which landlords may be asked for a home, of here and of elsewhere.
    case keepLandlords
    /// What is waiting on this shift, and handing it over.
    case workShift
    /// The team's work and the outputs of a quarter.
    case viewTeam
    /// Save data sets as a file: small numbers, for a collection of the partnership's.
    case exportDataSets
    /// Load the licensed wording of risk tools.
    case loadInstruments
    /// Which agencies the front door may ask whether they know somebody.
    case manageAgreements
    case manageAccounts, reviewAudit
    /// Who knows whom: decide on what may match, and end what is sealed.
    case decideInterests
    /// How long records are kept, and whose time has run out: propose that they are deleted.
    case manageRetention
    /// Decide on such a proposal, as the second person.
    case decideDeletions
    /// Keep a record from being deleted, and see what is proposed.
    case holdRecords
    /// Decide on requests for information about a child.
    case decideRequests
    /// The data protection officer's register: read it, put down what people ask or complain about, keep it.
    case viewRegister, recordRequests, keepRegister
    /// What is given to whoever asks for information: see it, and gather and sign it as the second person.
    case answerRequests, signPacks
}

/// What a person does at an agency. The raw values are stored; the database's policies name them too.
enum Role: String, CaseIterable, Sendable {
    case helplineWorker, idva, childrensWorker, serviceManager, accommodationWorker, housingOfficer, perpetratorWorker
    case referrer
    case administrator, dataProtectionOfficer
    /// Of the partnership as a whole: counts alone, and nobody's record.
    case analyst, commissioner

    /// The one place where a role becomes permissions. The administrator manages accounts and sees no case content.
    var permissions: Set<Permission> {
        switch self {
        case .helplineWorker:
            Self.casework.union([
                .allocateCases, .handleReferrals, .workShift, .openInEmergency, .viewVacancies, .seekHousing,
            ])
        case .idva: Self.casework.union([.openInEmergency, .viewVacancies, .seekHousing])
        case .childrensWorker: Self.casework.union([.viewVacancies, .seekHousing])
        case .perpetratorWorker: Self.casework
        case .serviceManager:
            Self.casework.union([
                .allocateCases, .handleReferrals, .workShift, .viewTeam, .exportDataSets, .loadInstruments,
                .manageAgreements, .decideRequests, .openInEmergency, .reviewEmergencies, .decideDeletions,
                .holdRecords, .answerRequests, .signPacks, .viewVacancies, .seekHousing,
                .planCapacity, .keepLandlords, .viewReleases, .sendData,
            ])
        case .accommodationWorker: [
            .manageUnits, .viewVacancies, .planCapacity, .keepLandlords, .makeReferrals, .viewReleases,
        ]
        case .housingOfficer: [.searchPeople, .viewPeople, .viewCases, .makeReferrals, .viewVacancies]
        case .referrer: [.makeReferrals]
        case .administrator: [.manageAccounts, .manageAgreements]
        case .dataProtectionOfficer: [
            .reviewAudit, .decideInterests, .decideRequests, .reviewEmergencies, .viewRegister, .recordRequests,
            .keepRegister, .answerRequests, .manageRetention, .holdRecords,
        ]
        case .analyst: [.viewReleases, .releaseFigures, .planCapacity, .askForData]
        case .commissioner: [.viewReleases, .planCapacity]
        }
    }

    /// What everybody does who works with people.
    private static let casework: Set<Permission> = [
        .recordContacts, .searchPeople, .viewPeople, .editPeople, .revealContactDetails, .assessRisk, .viewCases,
        .openCases, .closeCases, .recordAttempts, .writeNotes, .makeReferrals, .shareCases, .viewRegister,
        .recordRequests,
    ]

    /// The field's own name for the role.
    var label: String {
        switch self {
        case .helplineWorker: "Helpline worker"
        case .idva: "IDVA"
        case .childrensWorker: "Children’s worker"
        case .serviceManager: "Service manager"
        case .accommodationWorker: "Accommodation worker"
        case .housingOfficer: "Housing officer"
        case .perpetratorWorker: "Perpetrator worker"
        case .referrer: "Partner referrer"
        case .administrator: "Administrator"
        case .dataProtectionOfficer: "Data protection officer"
        case .analyst: "Analyst"
        case .commissioner: "Commissioner"
        }
    }
}

/// One role held at one agency, in force today.
struct Post: Sendable, Equatable {
    let role: Role
    let agency: UUID
}

/// Who is asking, and how far they reach. Only a session makes one (`SessionQueries.swift`).
struct Viewer: Sendable, Equatable {
    let account: UUID
    let partnership: UUID
    let name: String
    let posts: [Post]

    var permissions: Set<Permission> { posts.reduce(into: []) { $0.formUnion($1.role.permissions) } }
    func may(_ permission: Permission) -> Bool { posts.contains { $0.role.permissions.contains(permission) } }

    /// The agencies in which this person may do `permission`: the reach that a query states in its WHERE clause.
    func agencies(_ permission: Permission) -> [UUID] {
        posts.filter { $0.role.permissions.contains(permission) }.map(\.agency)
    }
}

/// What a route asks of its visitor. There is no way to add a route without saying.
enum Access: Sendable, CustomStringConvertible {
    case anyone, signedIn, needs(Permission)

    var description: String {
        switch self {
        case .anyone: "anyone"
        case .signedIn: "signed in"
        case .needs(let permission): "needs \(permission.rawValue)"
        }
    }
}
