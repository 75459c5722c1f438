import Foundation
import Pages
import Postgres

/// A letter that an agency wrote itself to begin from, as it stands now.
struct LetterWording: Sendable {
    let id: UUID
    let template: UUID
    let agency: UUID
    let agencyName: String
    let version: Int
    let title: String
    let addressee: LetterAddressee
    let body: String
    let isUsed: Bool
    let writtenAt: Date
    let writtenBy: String

    /// The first words of a letter. What else stands in brackets must be filled in before it leaves.
    func body(to name: String, from worker: String) -> String {
        body.replacing("[name]", with: name).replacing("[my name]", with: worker)
    }

    var answers: Answers {
        Answers([
            "template": [template.column], "agency": [agency.column], "version": [String(version)], "title": [title],
            "addressee": [addressee.rawValue], "body": [body], "out": isUsed ? [] : ["yes"],
        ])
    }
}

/// Such a letter as it is written.
struct LetterWordingForm: Equatable, Sendable {
    let agency: UUID
    let title: String
    let addressee: LetterAddressee
    let body: String
    let isUsed: Bool

    /// `agencies`: those that the writer may write for.
    init?(_ answers: inout Answers, agencies: [UUID]) {
        let agency = agencies.first { $0.column == answers["agency"].lowercased() }
            ?? (agencies.count == 1 ? agencies[0] : nil)
        if agency == nil { answers.refuse("agency", "Select whose letter it is") }
        title = answers.text("title", most: 80, name: "The title")
        if title.isEmpty, answers.error(for: "title") == nil { answers.refuse("title", "Enter a title") }
        let addressee = LetterAddressee.required("addressee", "Select whom such letters are for", in: &answers)
        body = answers.text("body", most: LetterForm.most, name: "The letter")
        if body.isEmpty, answers.error(for: "body") == nil { answers.refuse("body", "Enter the letter") }
        isUsed = answers["out"] != "yes"
        guard let agency, let addressee, answers.errors.isEmpty else { return nil }
        (self.agency, self.addressee) = (agency, addressee)
    }
}
