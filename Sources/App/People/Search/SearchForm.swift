import Foundation
import Pages

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

/// Why somebody looks a person up outside a contact or a case.
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
