import Foundation
import Pages
import Postgres

/// A referral filled in from the record (the fields of the SafeLives referral form, domain.md 14).
struct MaracPaper: Sendable {
    let person: Person
    let contact: SafeContact?
    let standing: RiskStanding
    let around: [NearPerson]
    let referral: MaracReferral
    let today: Day
    /// Shown on press only, and audited before it is read.
    var revealed: Revealed?
    /// Where it is printed.
    var gate: PaperGate?

    struct Revealed: Sendable {
        let number: String?
        let mustNotKnow: String
        /// Nil: there is none, or it is protected and stays where it is.
        let address: String?
        let isProtected: Bool
    }

    var base: String { "/cases/\(referral.of.id.column)" }

    var content: HTML {
        """
        \(part("Who refers", referrer))\(part("Who is referred", who))\(part("Who harms them", harming))
        \(part("Children", children))\(part("Why now", why))\(part("Sharing", sharing))
        """
    }

    private func part(_ title: String, _ rows: [(String, HTML)]) -> HTML {
        """
        <h2 class="govuk-heading-m">\(title)</h2>\(GovUK.summaryList(rows.map { GovUK.SummaryRow($0.0, $0.1) }))
        """
    }

    /// Whatever somebody typed that is on the paper.
    var typedTexts: [String] {
        let said = referral.said
        return [
            said.reason, said.toldBecause, said.wants, said.afraidOf, said.safeWith, said.unsafeWith, said.schools,
            said.elsewhere, said.repeatBecause, revealed?.mustNotKnow ?? "",
        ]
    }

    private func cleaned(_ text: String) -> String { gate?.cleaned(text) ?? text }

    private func typed(_ text: String) -> HTML { text.isEmpty ? "Not recorded" : lines(cleaned(text)) }

    private var referrer: [(String, HTML)] {
        [
            ("Agency", "\(referral.of.agencyName)"),
            ("Written by", "\(referral.by), \(London.dateAndTime(referral.writtenAt))"),
            ("Case", "\(referral.of.reference)"), ("Worker", "\(referral.of.worker ?? "Nobody yet")"),
            ("Meeting", "\(referral.said.meetsOn?.description ?? "Not known")"),
        ]
    }

    private var who: [(String, HTML)] {
        let details = person.details
        let others = person.otherNames.map(\.words).joined(separator: "; ")
        return [
            ("Name", "\(person.name)"), ("Other names", "\(others.isEmpty ? "None recorded" : others)"),
            ("Date of birth", "\(person.birth.words(on: today))"),
            ("Address", address), ("Telephone", number),
            ("Safe contact", "\(contact?.rule?.words ?? "Not asked yet: do not contact")"),
            ("Safe to talk to", typed(referral.said.safeWith)),
            ("Not safe to talk to", typed(referral.said.unsafeWith)),
            ("Sex", "\(details.sex.label)"), ("Ethnicity", "\(details.ethnicity.label)"),
            ("Gender", "\(details.gender.label)"), ("Sexual orientation", "\(details.orientation.label)"),
            ("Religion", "\(details.religion.label)"), ("Disability", "\(details.disability.label)"),
            ("Language", "\(person.language)\(person.needsInterpreter ? ", needs an interpreter" : "")"),
        ]
    }

    private var address: HTML {
        guard let revealed else { return "Withheld" }
        if revealed.isProtected { return "Protected: withheld. Ask whoever refers." }
        return revealed.address.map(lines) ?? "Not recorded"
    }

    private var number: HTML {
        guard let revealed else { return "Withheld" }
        let never: HTML? = revealed.mustNotKnow.isEmpty ? nil : """
            <br>Must not learn of it: \(lines(cleaned(revealed.mustNotKnow)))
            """
        return "\(revealed.number ?? "Not recorded")\(never)"
    }

    private var harming: [(String, HTML)] {
        let people = around.compactMap { near -> (String, HTML)? in
            guard case .harming(_, let connection) = near.tie else { return nil }
            let born = near.birth.map { "\($0) (\($0.years(until: today)))" } ?? "Date of birth not known"
            return (near.name, "\(born). \(connection.label)")
        }
        return (people.isEmpty ? [("Name", "Not recorded")] : people) + [("Afraid of", typed(referral.said.afraidOf))]
    }

    private var children: [(String, HTML)] {
        let found = around.compactMap { near -> (String, HTML)? in
            guard case .child(let tie) = near.tie else { return nil }
            let born = near.birth.map { "\($0) (\($0.years(until: today)))" } ?? "Date of birth not known"
            return (near.name, "\(born). \(tie.label)")
        }
        return (found.isEmpty ? [("Children", "None recorded")] : found) + [("Schools", typed(referral.said.schools))]
    }

    private var why: [(String, HTML)] {
        let risk = standing.inForce
        let score = risk?.score.map { "\($0.words) of \(risk?.instrument.items.count ?? 0)" } ?? "None"
        let isVisible = risk?.score.flatMap { score in risk?.nationalThreshold.map { score.yes >= $0 } }
        func yesNo(_ value: Bool?) -> HTML { value == nil ? "Not known" : value == true ? "Yes" : "No" }
        let flags = risk?.flags.compactMap(\.flag) ?? []
        let orders = referral.orders.lines.map { line in
            let term = line.term.tag(on: today).words.lowercasedFirst
            return "\(line.kind.label): \(line.service.label.lowercasedFirst), \(term)"
        }
        return [
            ("Grade", "\(risk?.level.label ?? "Not assessed")\(risk.map { " by \($0.basisWords)" } ?? "")"),
            ("Score", "\(risk?.instrument.code.label ?? ""): \(score)"),
            ("Visible high risk (national threshold)", yesNo(isVisible)),
            ("Local threshold", "\(risk?.threshold.map(String.init) ?? "Not known")"),
            ("Professional judgement", yesNo(risk.map { $0.bases.contains(.judgement) })),
            ("Potential escalation (police incidents in 12 months)",
             "\(standing.isEscalating ? "Yes" : "No"), \(standing.incidents) on record"),
            ("Repeat", "\(referral.said.isRepeat ? "Yes" : "No")\(lastWords)"),
            ("Whatever the score", "\(flags.isEmpty ? "None" : flags.joined(separator: ", "))"),
            ("Orders", orders.isEmpty ? "None recorded" : GovUK.list(orders.map { "\($0)" }, .plain)),
            ("What happened, and what is feared", typed(referral.said.reason)),
            ("What they want to happen", typed(referral.said.wants)),
            ("Other MARACs", typed(referral.said.elsewhere)),
        ]
    }

    private var lastWords: String {
        let last = referral.lastOn.map { ". Last referral on record: \($0)" } ?? ""
        return referral.said.repeatBecause.isEmpty ? last : "\(last). \(cleaned(referral.said.repeatBecause))"
    }

    private var sharing: [(String, HTML)] {
        [
            ("Told of the referral", "\(referral.said.told.label)"),
            ("Why not, or what they said", typed(referral.said.toldBecause)),
            ("Shared because", "\(referral.said.basis.label)"),
        ]
    }
}
