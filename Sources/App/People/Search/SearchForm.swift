import Foundation
import Pages
import Postgres

/// What is known of somebody who may be on record. Stored sealed and led to by an opaque id: nothing of it stands in
/// a URL.
struct SearchForm: Codable, Equatable, Sendable {
    var given = ""
    var family = ""
    var born: String?
    var phone = ""
    var postcode = ""
    var purpose = ""
    var contact: UUID?
    /// The case that it was started from.
    var caseRecord: UUID?
    /// Whose tie to somebody on record is looked for.
    var tie: PersonTie?

    /// Where it was started from.
    var origin: SearchOrigin {
        contact.map(SearchOrigin.contact) ?? caseRecord.map(SearchOrigin.caseRecord) ?? tie.map(SearchOrigin.tie)
            ?? .nowhere
    }

    /// For which enquiry; asked when the day's free searches are used up.
    var enquiry: String?

    /// What the audit log says it was for.
    var recordedPurpose: String { enquiry.map { "\(purpose). \($0)" } ?? purpose }

    /// Partners are asked about an exact name with its date of birth, and about nothing less.
    var isExact: Bool { given.count >= 2 && family.count >= 2 && born != nil }

    var bornDay: Day? { born.flatMap(Day.init(column:)) }

    init?(_ answers: inout Answers, purpose fixed: String?) {
        given = answers.text("given-name", most: 100, name: "First name")
        family = answers.text("family-name", most: 100, name: "Last name")
        born = answers.day("birth", name: "Date of birth")?.column
        phone = answers.text("phone", most: 30, name: "Telephone number")
        postcode = answers.text("postcode", most: 10, name: "Postcode")
        if let fixed {
            purpose = fixed
        } else if let chosen = SearchPurpose.required("purpose", "Select why you are looking", in: &answers) {
            purpose = chosen.label
        }
        if answers.errors.isEmpty, (given + family).count < 3, born == nil, phone.isEmpty, postcode.isEmpty {
            answers.refuse(
                "given-name", "Enter at least three letters of a name, a date of birth, a number or a postcode")
        }
        if !answers.errors.isEmpty { return nil }
    }

    static func fields(_ answers: Answers) -> HTML {
        """
        \(GovUK.input("given-name", label: "First name", width: .twenty, autocomplete: "off", spellcheck: false,
                      in: answers))
        \(GovUK.input("family-name", label: "Last name", width: .twenty, autocomplete: "off", spellcheck: false,
                      in: answers))
        \(GovUK.dateInput("birth", legend: "Date of birth", hint: "For example, 27 3 1987", in: answers))
        \(GovUK.input("phone", label: "Telephone number", width: .twenty, autocomplete: "off", inputmode: "tel",
                      spellcheck: false, in: answers))
        \(GovUK.input("postcode", label: "Postcode", width: .ten, autocomplete: "off", spellcheck: false, in: answers))
        """
    }
}

/// How often a worker may look people up outside an open contact or case before each search says for which enquiry.
enum SearchBudget {
    /// A day, London time; migration 0025 has the same number. Twice what the busiest worker of a shift needs.
    static let daily = 30
    /// Letters of an enquiry, at least.
    static let enquiryLetters = 10

    static func field(_ answers: Answers) -> HTML {
        GovUK.input(
            "enquiry", label: "Which enquiry is it for?",
            hint: "A reference, or a few words. Name nobody: it stands in the audit log.", autocomplete: "off",
            in: answers)
    }
}

/// Why somebody looks a person up outside an open contact or case.
enum SearchPurpose: String, Choice {
    case newContact, existingCase, partnerEnquiry, safeguarding, dataQuality
    var label: String {
        switch self {
        case .newContact: "Someone is in contact now"
        case .existingCase: "Work on an open case"
        case .partnerEnquiry: "A partner agency asks"
        case .safeguarding: "A safeguarding enquiry"
        case .dataQuality: "Correcting a record"
        }
    }
}

/// Somebody who is to be tied to a person: the one who harms them, a child of theirs, or the same person once more.
struct PersonTie: Codable, Sendable, Equatable {
    enum Kind: String, Codable, Sendable, CaseIterable {
        case harming, children, same
    }
    let kind: Kind
    let person: UUID

    /// Where the person's ties of this kind are recorded.
    var base: String { "/people/\(person.column)/\(kind.rawValue)" }
}

/// Where a search is started: an open contact or case is its purpose, and so is a tie that is being recorded; a search
/// from nowhere asks for one.
enum SearchOrigin: Sendable, Equatable {
    case nowhere, contact(UUID), caseRecord(UUID), tie(PersonTie)

    /// The page that it was started from.
    var page: String? {
        switch self {
        case .nowhere: nil
        case .contact(let id): "/contacts/\(id.column)"
        case .caseRecord(let id): "/cases/\(id.column)"
        // The same person has a page already.
        case .tie(let tie): tie.kind == .same ? "/people/\(tie.person.column)" : tie.base + "/new"
        }
    }

    /// Where its form is sent.
    var action: String {
        if case .tie(let tie) = self { tie.base + "/search" } else { (page ?? "") + "/search" }
    }

    /// What the audit log says it was for, where nobody is asked.
    var purpose: String? {
        switch self {
        case .nowhere: nil
        case .contact: "Contact in progress"
        case .caseRecord: SearchPurpose.existingCase.label
        case .tie(let tie):
            switch tie.kind {
            case .harming: "Who harms somebody on record"
            case .children: "A child of somebody on record"
            case .same: "Whether somebody is on record twice"
            }
        }
    }
}
