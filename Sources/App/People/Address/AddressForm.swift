import Foundation
import Pages

/// Where somebody lives. Encrypted whatever it is; a protected one can't be found by its postcode either.
struct AddressForm: Equatable, Sendable {
    let address: Address
    let isProtected: Bool

    init?(_ answers: inout Answers) {
        let text = answers.text("address", most: 500, name: "Address")
        if text.isEmpty { answers.refuse("address", "Enter the address") }
        let postcode = answers.text("postcode", most: 10, name: "Postcode")
        if !postcode.isEmpty, postcode.contains(where: { !$0.isASCII || !($0.isLetter || $0.isNumber || $0 == " ") }) {
            answers.refuse("postcode", "Enter a postcode, like ZZ1 1AA, or leave it empty")
        }
        let choice = YesNo(rawValue: answers["protected"])
        if choice != .yes, choice != .no { answers.refuse("protected", "Select whether the address must stay hidden") }
        guard answers.errors.isEmpty else { return nil }
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        address = Address(lines: lines, postcode: postcode.uppercased())
        isProtected = choice == .yes
    }

    static func fields(_ answers: Answers) -> HTML {
        """
        \(GovUK.textarea("address", label: "Address", rows: 4, in: answers))
        \(GovUK.input("postcode", label: "Postcode", width: .ten, autocomplete: "off", spellcheck: false, in: answers))
        \(GovUK.radios("protected", legend: "Must it stay hidden?",
                       hint: "For example a refuge, or where they fled to.", 
                       options: [GovUK.Choice("yes", "Yes, it is protected"), GovUK.Choice("no", "No")], in: answers))
        """
    }
}
