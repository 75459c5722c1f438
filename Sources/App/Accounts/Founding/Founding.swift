import Foundation
import Pages
import Postgres

/// The first administrator of a partnership, and the partnership itself where there is none; later, the way back in
/// when no administrator can sign in. Whoever may run it is the database's migrator already.
struct Founding: Sendable {
    let name: String
    let email: String
    let agency: String
    let partnership: String?

    /// Why nothing was made.
    struct Refused: Error {
        let reason: String
        /// What was typed is wrong, rather than what is there.
        let isUsage: Bool

        init(_ reason: String, isUsage: Bool = false) { (self.reason, self.isUsage) = (reason, isUsage) }
    }

    /// What was made, and the token of the one-time link.
    struct Founded: Sendable {
        let token: String
        let partnership: FoundPartnership
        let madePartnership: Bool
        let madeAccount: Bool
    }

    /// Judges what was typed by the rules of the forms.
    init(name: String, email: String, agency: String, partnership: String?) throws(Refused) {
        var answers = Answers(["name": [name], "email": [email]])
        let fullName = answers.fullName("name")
        let address = answers.email("email")
        guard let fullName, let address else {
            throw Refused(answers.errors.map(\.message).joined(separator: ". ") + ".", isUsage: true)
        }
        self.name = fullName
        self.email = address
        self.agency = try Self.organisation(agency, "--agency")
        self.partnership = try partnership.map { given throws(Refused) in
            try Self.organisation(given, "--partnership")
        }
    }

    private static func organisation(_ typed: String, _ option: String) throws(Refused) -> String {
        let name = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let hasControls = name.unicodeScalars.contains { $0.properties.generalCategory == .control }
        guard !name.isEmpty, name.count <= 200, !hasControls else {
            throw Refused("\(option) needs a name of at most 200 characters.", isUsage: true)
        }
        return name
    }

    /// Makes what is missing and a link, in the migrator's own transaction.
    /// `slug`: the partnership that the configuration names.
    func carryOut(_ db: isolated Connection, slug: String?, today: Day) throws -> Founded {
        try db.takeLoaderRole()
        let all = try db.partnerships()
        let place = try all.isEmpty
            ? found(db, slug: slug) : Self.choose(among: all, slug: slug, partnership: partnership)
        let agencies = try db.agencies(in: place.id)
        guard let agency = agencies.first(where: { $0.name.lowercased() == agency.lowercased() }) else {
            let names = agencies.map { "'\($0.name)'" }.joined(separator: ", ")
            throw Refused("\(place.name) has no agency '\(self.agency)'. Its agencies: \(names).")
        }
        let known = try db.accountToInvite(email, in: place.id)
        if known?.hasEnded == true {
            throw Refused("The account of that address has ended, and does not begin again. Give another address.")
        }
        let account = known?.id ?? UUID()
        if known == nil { try db.addAccount(account, name: name, email: email, in: place.id) }
        let hasRole = try db.isLastingAdministrator(account, today: today)
        if !hasRole {
            try db.addAdministrator(account, at: agency.id, in: place.id, from: today)
        }
        let token = Token.random()
        try db.addInvitation(token, to: account, by: account, in: place.id)
        if all.isEmpty { try db.auditSystem(.partnershipFounded, .partnership, place.id, in: place.id) }
        try db.auditSystem(.accountInvited, .account, account, in: place.id)
        if !hasRole {
            try db.auditSystem(
                .roleGiven, .account, account, in: place.id, detail: #"{"role":"administrator"}"#)
        }
        return Founded(token: token, partnership: place, madePartnership: all.isEmpty, madeAccount: known == nil)
    }

    private func found(_ db: isolated Connection, slug: String?) throws -> FoundPartnership {
        guard let partnership else {
            throw Refused("The database is empty: name the partnership with --partnership 'NAME'.", isUsage: true)
        }
        let made = FoundPartnership(id: UUID(), slug: slug ?? Self.slug(partnership), name: partnership)
        try db.addPartnership(made)
        try db.addFirstAgency(UUID(), name: agency, in: made.id)
        return made
    }

    /// The one partnership that is meant: by the configuration, by name, or because there is no other.
    static func choose(
        among all: [FoundPartnership], slug: String?, partnership: String?
    ) throws(Refused) -> FoundPartnership {
        let wanted = slug ?? partnership
        let fitting = all.filter { place in
            wanted.map { $0 == place.slug || $0.lowercased() == place.name.lowercased() } ?? true
        }
        let names = all.map { "'\($0.name)'" }.joined(separator: ", ")
        if fitting.count != 1 {
            throw Refused("Which partnership? Name one with --partnership. There are: \(names).")
        }
        if let partnership, ![fitting[0].slug, fitting[0].name.lowercased()].contains(partnership.lowercased()) {
            throw Refused("The configuration is for '\(fitting[0].name)', not for '\(partnership)'.")
        }
        return fitting[0]
    }

    /// "Leicester & Rutland" as leicester-rutland: what the configuration calls it.
    static func slug(_ name: String) -> String {
        let plain = name.lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars
            .filter { !$0.properties.isDiacritic && $0.properties.generalCategory != .nonspacingMark }
        let words = String(String.UnicodeScalarView(plain)).split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.isEmpty ? "partnership" : words.joined(separator: "-")
    }
}
