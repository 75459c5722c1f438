import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Pages

typealias Handler = @Sendable (Visit) async throws -> Reply

/// Every route, and the access that each one needs. There is no way to add a route without saying.
struct Site {
    struct Route: Sendable {
        let method: HTTPRequest.Method
        let path: String
        let access: Access
        let handler: Handler
        /// The one field that may be a file; nil: none.
        var fileField: String?
        /// Takes that file as it comes; nil: it is in memory when the handler is asked.
        var taker: (@Sendable (Visit) async throws -> any FileTaker)?
        /// A route with a record id answers 404 where another would answer 403.
        var hasRecord: Bool { path.contains(":") }
        var isOpen: Bool { if case .anyone = access { true } else { false } }
        /// Whether its page is a call's screen. Nil for what belongs to a call that began elsewhere: who is this, the
        /// safe-contact answer, the risk; and for more time.
        var isOnCall: Bool? {
            if path.hasPrefix("contacts/") { return true }
            let belongs = ["search", "people/", "account/stay", "lock", "drafts"].contains { path.hasPrefix($0) }
            return belongs ? nil : false
        }
    }

    private(set) var routes: [Route] = []

    mutating func get(_ path: String, _ access: Access, _ handler: @escaping Handler) {
        routes.append(Route(method: .get, path: path, access: access, handler: handler))
    }

    /// `file`: the one field that may be a file. A form with a file is refused everywhere else.
    mutating func post(_ path: String, _ access: Access, file: String? = nil, _ handler: @escaping Handler) {
        routes.append(Route(method: .post, path: path, access: access, handler: handler, fileField: file))
    }

    /// A form with a large file, which `taker` takes as it comes. The handler answers the same form without one.
    mutating func post(
        _ path: String, _ access: Access, largeFile: String,
        taker: @escaping @Sendable (Visit) async throws -> any FileTaker, _ handler: @escaping Handler
    ) {
        routes.append(Route(
            method: .post, path: path, access: access, handler: handler, fileField: largeFile, taker: taker))
    }

    /// The whole site, capability by capability.
    static func whole() -> Site {
        var site = Site()
        site.addHome()
        site.addSignIn()
        site.addAccount()
        site.addInvitations()
        site.addAccountAdministration()
        site.addAgreements()
        site.addDrafts()
        site.addSearch()
        site.addPeople()
        site.addSafeContact()
        site.addSafetyPlans()
        site.addAddresses()
        site.addAttachments()
        site.addRelationships()
        site.addNames()
        site.addPersonalDetails()
        site.addChildren()
        site.addChosenPeople()
        site.addHouseholds()
        site.addTwoPeople()
        site.addSamePeople()
        site.addEmailPaste()
        site.addContacts()
        site.addContactChange()
        site.addWarnings()
        site.addShift()
        site.addOnwardReferrals()
        site.addReferring()
        site.addReferralQueue()
        site.addReferrals()
        site.addPublicForm()
        site.addRisk()
        site.addRiskEvents()
        site.addCases()
        site.addCaseSearch()
        site.addAttempts()
        site.addNotes()
        site.addClosing()
        site.addToDo()
        site.addSupport()
        site.addOrders()
        site.addDocuments()
        site.addLetters()
        site.addLetterWordings()
        site.addSharing()
        site.addPlanShares()
        site.addTransfers()
        site.addChildRecords()
        site.addChildRequests()
        site.addProgrammes()
        site.addGroups()
        site.addPlaces()
        site.addOwnSessions()
        site.addAcross()
        site.addMatac()
        site.addAccommodationServices()
        site.addUnits()
        site.addStays()
        site.addStayFigures()
        site.addPostings()
        site.addVacancies()
        site.addCapacity()
        site.addHousingRequests()
        site.addOffers()
        site.addTravel()
        site.addHousingFigures()
        site.addOpenSearches()
        site.addAddressTold()
        site.addEnquiries()
        site.addProviderFigures()
        site.addOutOfArea()
        site.addSanctuaries()
        site.addLandlords()
        site.addReciprocals()
        site.addReciprocalLedger()
        site.addReturns()
        site.addReleases()
        site.addDataCalls()
        site.addDataReturns()
        site.addDataSending()
        site.addDataQuality()
        site.addEmergencies()
        site.addCaseYear()
        site.addCaseViews()
        site.addRights()
        site.addCaseReferrals()
        site.addOutcomes()
        site.addMaracReferrals()
        site.addPersonTimeline()
        site.addTeam()
        site.addDuplicates()
        site.addWorkingTime()
        site.addRota()
        site.addSupervision()
        site.addOutputs()
        site.addOutcomeExport()
        site.addAuditReview()
        site.addInterests()
        site.addMatches()
        site.addRetention()
        site.addLegalHolds()
        site.addSeen()
        site.addUnusual()
        site.addRegister()
        site.addPlainPages()
        return site
    }

    /// The router: HEAD answers as GET, and everything else that isn't routed is a 404 with the same frame.
    func router(_ services: Services) -> Router<SiteContext> {
        let router = Router(context: SiteContext.self)
        router.add(middleware: FrontOfHouse(services: services))
        for route in routes {
            let desk = Desk(services: services, route: route)
            let path = RouterPath(route.path)
            router.on(path, method: route.method) { request, context in
                try await desk.answer(request, context)
            }
            if route.method == .get {
                router.on(path, method: .head) { request, context in
                    try await desk.answer(request, context)
                }
            }
        }
        for method in [HTTPRequest.Method.get, .head] {
            router.on("assets/:name", method: method) { request, context in
                try services.assets.response(context.parameters.get("name") ?? "", for: request)
            }
        }
        return router
    }
}

/// What Hummingbird carries with each request.
struct SiteContext: RequestContext, RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?
    /// Short, random, shown to the reader of an error and written in the log.
    let reference = UUID().uuidString.prefix(8).lowercased()

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}
