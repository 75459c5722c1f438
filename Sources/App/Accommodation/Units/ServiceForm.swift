import Foundation
import Pages
import Postgres

/// An agency whose accommodation the viewer runs.
struct AccommodationProvider: Sendable, Equatable {
    let id: UUID
    let name: String
}

/// What may be chosen from in a service's form.
struct ServiceChoices: Sendable {
    let providers: [AccommodationProvider]
    let areas: [AreaChoice]
}

/// An area of the partnership.
struct AreaChoice: Sendable, Equatable {
    let id: UUID
    let name: String
}

/// A service as it is put down: everything that one form asks.
struct ServiceForm: Equatable, Sendable {
    let agency: UUID
    let terms: ServiceTerms
    let isEnded: Bool

    init?(_ answers: inout Answers, choices: ServiceChoices) {
        let agency = choices.providers.count == 1 ? choices.providers.first
            : choices.providers.first { $0.id.column == answers["agency"] }
        if agency == nil { answers.refuse("agency", "Select whose service it is") }
        let terms = ServiceTerms(&answers, areas: choices.areas)
        isEnded = answers["ended"] == "yes"
        guard let agency, let terms, answers.errors.isEmpty else { return nil }
        (self.agency, self.terms) = (agency.id, terms)
    }
}

extension ServiceTerms {
    init?(_ answers: inout Answers, areas: [AreaChoice]) {
        let name = answers.text("name", most: 120, name: "The name")
        if name.isEmpty { answers.refuse("name", "Enter what the service is called") }
        let kind = AccommodationKind.required("kind", "Select what kind of accommodation it is", in: &answers)
        let provider = ProviderClass.required("provider", "Select who provides it", in: &answers)
        let landlord = answers.text("landlord", most: 120, name: "The landlord")
        let commissioner = answers.text("commissioner", most: 120, name: "The commissioner")
        let area = areas.first { $0.id.column == answers["area"] }
        if area == nil { answers.refuse("area", "Select the area in which it is") }
        let takes = Residents.required("takes", "Select whom it is for", in: &answers)
        let sons = SonRule.required("sons", "Select which sons may come", in: &answers)
        var oldest: Int?
        if sons == .upTo {
            oldest = answers.number("oldest-son", 0...17, "Enter the age of the oldest son that it takes, from 0 to 17")
        }
        let nrpf = Self.funding(&answers)
        let staffing = Staffing.required("staffing", "Select when staff are there", in: &answers)
        let languages = answers.text("languages", most: 300, name: "Languages")
        let byAndFor = answers.text("by-and-for", most: 300, name: "By and for whom")
        let facts = Self.factFields.map { field in HomeFact(rawValue: answers[field]) ?? .notKnown }
        let unsafe = areas.filter { answers.all("unsafe").contains($0.id.column) }.map(\.id)
        guard let kind, let provider, let area, let takes, let sons, let staffing, answers.errors.isEmpty
        else { return nil }
        self.init(
            name: name, kind: kind, provider: provider, landlord: landlord, commissioner: commissioner, area: area.id,
            isOwnAreaOnly: answers["own-area"] == "yes", shares: facts[0], isSupported: facts[1], takes: takes,
            takesTrans: facts[2], sons: sons, oldestSon: oldest, nrpf: nrpf,
            needs: Dictionary(uniqueKeysWithValues: NeedTaken.allCases.map { need in
                (need, HomeFact(rawValue: answers[need.rawValue]) ?? .notKnown)
            }), staffing: staffing, languages: languages, byAndFor: byAndFor, familySharesRoom: facts[3],
            unsafeAreas: unsafe)
    }

    static let factFields = ["shares", "supported", "trans", "shares-room"]

    /// Nothing chosen is not known; “none” is an answer, and stands alone.
    private static func funding(_ answers: inout Answers) -> [NRPFFunding]? {
        let chosen = answers.all("nrpf")
        if chosen.isEmpty { return nil }
        let kinds = NRPFFunding.allCases.filter { chosen.contains($0.rawValue) }
        if chosen.contains("none"), !kinds.isEmpty {
            answers.refuse("nrpf", "Select how they may be paid for, or that they can’t come")
        }
        return kinds
    }

    /// The form as it opens on what is recorded.
    var answers: Answers {
        var answers = Answers()
        for (field, value) in [
            "name": name, "kind": kind.rawValue, "provider": provider.rawValue, "landlord": landlord,
            "commissioner": commissioner, "area": area.column, "own-area": isOwnAreaOnly ? "yes" : "",
            "shares": shares.rawValue, "supported": isSupported.rawValue, "takes": takes.rawValue,
            "trans": takesTrans.rawValue, "sons": sons.rawValue, "oldest-son": oldestSon.map(String.init) ?? "",
            "staffing": staffing.rawValue, "languages": languages, "by-and-for": byAndFor,
            "shares-room": familySharesRoom.rawValue,
        ] { answers.set(field, value) }
        for (need, fact) in needs { answers.set(need.rawValue, fact.rawValue) }
        if let nrpf { answers.set("nrpf", nrpf.isEmpty ? ["none"] : nrpf.map(\.rawValue)) }
        answers.set("unsafe", unsafeAreas.map(\.column))
        return answers
    }
}
