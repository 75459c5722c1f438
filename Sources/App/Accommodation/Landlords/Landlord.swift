import Foundation
import Pages
import Postgres

/// What a landlord is: it decides which law binds it.
enum LandlordKind: String, Choice {
    case council, registeredProvider, other
    var label: String {
        switch self {
        case .council: "A council"
        case .registeredProvider: "A housing association or another registered provider"
        case .other: "Somebody else"
        }
    }
}

/// A landlord that may be asked for a home, or asks for one: of the partnership's area or of elsewhere.
struct Landlord: Sendable, Equatable {
    let id: UUID
    let name: String
    let kind: LandlordKind
    /// It lets in the partnership's area.
    let isHere: Bool
    let endedOn: Day?
    let version: Int

    var path: String { "/landlords/\(id.column)" }
    var whereabouts: String { isHere ? "Here" : "Elsewhere" }
}

/// A landlord as it is put down.
struct LandlordForm: Equatable, Sendable {
    let name: String
    let kind: LandlordKind
    let isHere: Bool
    let isEnded: Bool

    init?(_ answers: inout Answers) {
        name = answers.text("name", most: 120, name: "The name")
        if name.isEmpty { answers.refuse("name", "Enter what the landlord is called") }
        let kind = LandlordKind.required("kind", "Select what kind of landlord it is", in: &answers)
        let here = answers["here"]
        if !["yes", "no"].contains(here) { answers.refuse("here", "Select whether it lets homes in this area") }
        isHere = here == "yes"
        isEnded = answers["ended"] == "yes"
        guard let kind, answers.errors.isEmpty else { return nil }
        self.kind = kind
    }
}

extension Landlord {
    /// The form as it opens on what is recorded.
    var answers: Answers {
        var answers = Answers(["version": [String(version)]])
        for (field, value) in [
            "name": name, "kind": kind.rawValue, "here": isHere ? "yes" : "no", "ended": endedOn == nil ? "" : "yes",
        ] { answers.set(field, value) }
        return answers
    }
}
