import Foundation
import Pages
import Postgres

/// What a worker has declared, and the form for more. Whether anything of it matched is nowhere on it.
func interestsPage(_ list: [Interest], _ kept: KeptAnswers, _ visit: Visit) -> Page {
    let answers = kept.answers
    return Page("People you know", errors: answers.errors, back: "/account", """
        <p class="govuk-body">Tell us whom you know who might come here for help, or whom somebody might name as \
        harming them. You don’t need to know whether they have.</p>
        \(GovUK.insetText("""
            Privacy notice. Everybody who works in this partnership is compared with the people on record: by name, \
            date of birth, telephone number and address, as in your account and as you tell us here. Records of people \
            whom you may know are kept from you. Nobody tells you whether anything matched. The data protection \
            officer reads what you write here, and nobody else does.
            """))
        <h2 class="govuk-heading-m">Add somebody</h2>
        \(kept.notice(visit))\(visit.form("/account/interests", answers, """
            \(GovUK.radios("about", legend: "Whom is it about?", options: InterestAbout.options, small: true,
                           in: answers))
            \(GovUK.input("given-name", label: "First name", width: .twenty, autocomplete: "off", spellcheck: false,
                          in: answers))
            \(GovUK.input("family-name", label: "Last name", width: .twenty, autocomplete: "off", spellcheck: false,
                          in: answers))
            \(GovUK.dateInput("birth", legend: "Date of birth", hint: "If you know it. For example, 27 3 1987",
                              in: answers))
            \(GovUK.input("phone", label: "Telephone number", hint: "If you know it. Only compared, not kept.",
                          width: .twenty, autocomplete: "off", spellcheck: false, in: answers))
            \(GovUK.input("postcode", label: "Postcode", hint: "If you know it. Only compared, not kept.", width: .ten,
                          autocomplete: "off", spellcheck: false, in: answers))
            \(GovUK.textarea("how", label: "How do you know them?", hint: "For example, “My brother”.", rows: 2,
                             in: answers))
            \(GovUK.button("Save"))
            """))
        <h2 class="govuk-heading-m">Whom you told us of</h2>
        \(declared(list, visit))
        """)
}

private func declared(_ list: [Interest], _ visit: Visit) -> HTML {
    if list.isEmpty { return GovUK.paragraph("Nobody yet.") }
    return HTML.joined(list.map { one -> HTML in
        GovUK.summaryCard(title: one.name, rows: interestRows(one) + [
            GovUK.SummaryRow("Take off the list", visit.buttonForm(
                "/account/interests/\(one.id.column)/end", "No longer true", kind: .secondary)),
        ])
    })
}

/// What was declared, in rows.
func interestRows(_ one: Interest) -> [GovUK.SummaryRow] {
    let compared = [one.hasPhone ? "telephone number" : nil, one.hasPostcode ? "postcode" : nil].compactMap(\.self)
    return [
        GovUK.SummaryRow("Date of birth", "\(one.born?.description ?? "Not known")"),
        GovUK.SummaryRow("How", lines(one.how)),
        GovUK.SummaryRow("Told us", """
            \(London.short(one.declaredAt))\
            \(compared.isEmpty ? "" : ", with a \(compared.joined(separator: " and a "))")
            """),
    ]
}
