import Foundation

/// The fixed cast of `World.sql`: ids and session tokens, for tests. The people are invented.
///
/// Everything is in north unless a name says otherwise; `mirrored` answers the same thing in south.
enum World {
    /// The partnership north, by an id whose first digits tell it from south's.
    static let north = id(.partnership, 1)
    /// The partnership south: north's mirror.
    static let south = id(.partnership, 1, .south)

    /// The front door, which does casework too.
    static let harbour = id(.agency, 1)
    /// A second agency that does casework.
    static let lighthouse = id(.agency, 2)
    /// A housing association.
    static let northfieldHousing = id(.agency, 3)

    /// Works with those who harm: the other side of the wall.
    static let pathways = id(.agency, 4)
    /// A partner that only refers.
    static let northshirePolice = id(.agency, 5)

    /// The whole area, whose Dash threshold is 12 since April 2020 and was 14 before.
    static let northshire = id(.area, 1)
    /// A part of Northshire, where everybody lives.
    static let upperVale = id(.area, 2)
    /// Another part of Northshire.
    static let lowerVale = id(.area, 3)

    /// One of the two partnerships.
    enum Side: String, CaseIterable {
        case north = "11111111"
        case south = "22222222"
    }

    /// What an id is the id of: its fourth group. `World.sql` has the same list.
    enum Kind: String {
        case partnership = "0001"
        case area = "a001", threshold = "a002", agency = "b000", rota = "b009"
        case account = "c000", role = "c001", secondRole = "c011"
        case session = "c002", codeSession = "c012", expiredSession = "c022", endedSession = "c032"
        case person = "d000", name = "d001", otherName = "d011", phone = "d002", address = "d003"
        case safeContact = "d004", earlierSafeContact = "d014", relationship = "d005", otherRelationship = "d015"
        case childTie = "d006", household = "d007", member = "d008", direction = "d009", agreement = "b001"
        case samePerson = "d00c"
        case openingContact = "e000", contact = "e010", thirdPartyContact = "e020", silentContact = "e030"
        case handover = "e050"
        case referral = "e040", waitingReferral = "e041", publicReferral = "e042"
        case record = "f000", note = "f001", attempt = "f002", otherAttempt = "f012"
        case plan = "d00a", earlierPlan = "d01a", childPlan = "d02a"
        case need = "f00b", intervention = "f00c"
        case voice = "d00b", setting = "d01b", care = "d02b", contactWith = "d03b", goal = "d04b", childsWorker = "d05b"
        case takenBack = "d06b", childRequest = "e060"
        case order = "f00d", breach = "f00e"
        case event = "f00f"
        case programme = "f020", oneToOne = "f030", group = "f021", place = "f022", groupSession = "f023"
        case service = "ac01", unit = "ac02", freeUnit = "ac12", unitTime = "ac03", pastStay = "ac33", housing = "ac04"
        case elsewhere = "ac05", openHousing = "ac14", offer = "ac15", heldUnit = "ac22", enquiry = "ac46", staySupport = "ac26"
        case sanctuary = "f060", landlord = "ac06", reciprocal = "f065"
        case dataCall = "ac73", dataReturn = "ac71"
        case figureReturn = "ac60", lastReturn = "ac61", figureRelease = "ac62"
        case ownSession = "f024", across = "f025"
        case support = "f026", supervision = "f028"
        case disclosure = "f100", consent = "f101", emergency = "f102", transfer = "f103"
        case outcome = "f040", withdrawnOutcome = "f041", marac = "f042", withdrawnMarac = "f043"
        case matter = "f044", withdrawnMatter = "f045"
        case view = "8002"
        case dataMatter = "e070", impact = "e071", pack = "e072", piece = "e073"
        case document = "f009", otherDocument = "f019"
        case letter = "f054", releasedLetter = "f055"
        case assessment = "f003", earlierAssessment = "f013", task = "f004", promise = "f014", timeline = "f005", share = "f006"
        case search = "8000", submission = "8001", interestBlock = "9000"
        case interest = "9001", match = "9002"
        case rule = "9010", hold = "9011", due = "9012", deletion = "9013"
    }

    /// The id of a row; a row that belongs to a person, case or account has its number.
    static func id(_ kind: Kind, _ number: Int, _ side: Side = .north) -> UUID {
        let digits = String(number)
        let padded = String(repeating: "0", count: 12 - digits.count) + digits
        guard let id = UUID(uuidString: "\(side.rawValue)-0000-4000-\(kind.rawValue)-\(padded)") else {
            preconditionFailure("no id of twelve digits: \(number)")
        }
        return id
    }

    /// The same row in the other partnership.
    static func mirrored(_ id: UUID) -> UUID {
        let text = id.uuidString
        let other: Side = text.hasPrefix(Side.north.rawValue) ? .south : .north
        guard let mirror = UUID(uuidString: other.rawValue + text.dropFirst(8)) else { return id }
        return mirror
    }

    /// The row of another kind that carries the same number: a person's telephone, a case's note.
    static func id(_ kind: Kind, of parent: UUID) -> UUID {
        let text = parent.uuidString
        return UUID(uuidString: text.prefix(19) + kind.rawValue + text.dropFirst(23)) ?? parent
    }

    /// An id that nothing has.
    static let absent = id(.record, 999_999)

    // People of Harbour.

    /// Harmed by Marcus; high risk; Imran's case, in which nothing is unusual. Has a former name, Maya Dunmore.
    static let maya = id(.person, 101)
    /// Harms Maya and Priyanka, who must not learn of each other.
    static let marcus = id(.person, 102)
    /// Her cases are restricted and her record is marked as protected.
    static let nell = id(.person, 103)
    /// Harms Nell, and Rina.
    static let rafe = id(.person, 104)
    /// Petra is barred from her.
    static let olive = id(.person, 105)
    /// Harms Olive.
    static let gregor = id(.person, 106)
    /// Carl is barred from one of her two cases, and so from both and from her. Speaks Punjabi, with an interpreter.
    static let priyanka = id(.person, 107)
    /// Bilal is barred from him, and so from Rina and Tomas, whom he harms.
    static let dean = id(.person, 108)
    /// Harmed by Dean and by Rafe, and harms Zoë.
    static let rina = id(.person, 109)
    /// A child whom Dean harms; has no case.
    static let tomas = id(.person, 110)
    /// Her case is not allocated and not assessed, and how to contact her has not been asked.
    static let ines = id(.person, 111)
    /// Rang, and has no case. Her name needs more than English letters.
    static let zoe = id(.person, 112)

    // People of Lighthouse and of Northfield Housing.

    /// Her case is shared with Harbour.
    static let farida = id(.person, 201)
    /// Harms Farida.
    static let colm = id(.person, 202)
    /// Her case was shared with Harbour; the share has ended.
    static let beth = id(.person, 203)
    /// Her case is shared with nobody, and not allocated.
    static let wanda = id(.person, 204)
    /// Her case is restricted, and shared with Harbour all the same.
    static let sorcha = id(.person, 205)
    /// Her case has moved to Harbour, and is no longer Lighthouse's to read.
    static let nerys = id(.person, 206)
    /// Northfield Housing's, whose case is shared with Lighthouse.
    static let agnes = id(.person, 301)
    /// Harms Agnes.
    static let lionel = id(.person, 302)

    /// Marcus's own record, of Pathways: the same man as Harbour's 102, on the other side of the wall.
    static let marcusHimself = id(.person, 401)

    /// What Pathways knows of Maya: a name that he gave.
    static let mayaAsNamed = id(.person, 402)

    // Cases.

    /// Marcus's own, of Pathways: Piers's.
    static let marcussCase = id(.record, 401)
    /// Maya's: open, high, Imran's.
    static let mayasCase = id(.record, 101)
    /// Nell's: restricted to Imran and Sunita.
    static let nellsCase = id(.record, 103)
    /// Nell's second: restricted to Sunita.
    static let nellsSecondCase = id(.record, 113)
    /// Nell's first: closed, never restricted, with Ivy on its team; withheld from Ivy since the others are restricted.
    static let nellsClosedCase = id(.record, 123)
    /// Olive's: Ivy's. Its share with Northfield Housing has ended.
    static let olivesCase = id(.record, 105)
    /// Priyanka's: Ivy's; its first contact is due, and Carl is barred from it.
    static let priyankasCase = id(.record, 107)
    /// Priyanka's earlier one, closed.
    static let priyankasClosedCase = id(.record, 117)
    /// Rina's: Imran's; its first contact is overdue.
    static let rinasCase = id(.record, 109)
    /// Ines's: nobody's yet.
    static let inessCase = id(.record, 111)
    /// Farida's, of Lighthouse: shared with Harbour. Gwen is barred from it.
    static let faridasCase = id(.record, 201)
    /// Beth's, of Lighthouse: no longer shared with Harbour.
    static let bethsCase = id(.record, 203)
    /// Wanda's, of Lighthouse.
    static let wandasCase = id(.record, 204)
    /// Sorcha's, of Lighthouse: shared with Harbour, but restricted to Lucia.
    static let sorchasCase = id(.record, 205)
    /// Nerys's, of Lighthouse: closed, and moved to Harbour.
    static let neryssCase = id(.record, 206)
    /// Agnes's, of Northfield Housing: shared with Lighthouse.
    static let agnessCase = id(.record, 301)
}
