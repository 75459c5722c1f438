/// Whether somewhere counts as relevant accommodation under Part 4 of the Domestic Abuse Act 2021, and why.
///
/// SI 2021/991, regulation 2: it is provided by a local housing authority, a private registered provider or a
/// registered charity for people who are abused; it is a refuge, specialist, dispersed, second stage or other
/// designated emergency accommodation; and it is no bed and breakfast, that is: not self-contained, where a toilet,
/// washing or cooking is shared with another household (which does not hold of what such a provider owns or runs). Or
/// it is part of a sanctuary scheme. The duty of section 57 is about support, so without it a unit is none of its
/// accommodation.
struct Eligibility: Equatable, Sendable {
    enum Verdict: Equatable, Sendable { case counts, doesNotCount, ask }

    let verdict: Verdict
    /// One sentence for each rule that decided.
    let reasons: [String]

    init(kind: AccommodationKind, provider: ProviderClass, shares: HomeFact, isSupported: HomeFact) {
        var (against, unknown, reasons) = ([String](), [String](), [String]())
        if kind == .sanctuary {
            reasons.append("It is part of a sanctuary scheme, whoever owns the home")
        } else if provider == .other {
            against.append(
                "Its provider is no local housing authority, registered provider or charity for people who are abused")
            switch shares {
            case .yes: against.append("Households share a toilet, washing or cooking: it counts as bed and breakfast")
            case .notKnown: unknown.append("Ask whether households share a toilet, washing or cooking")
            case .no: break
            }
        } else {
            reasons.append("It is \(kind.label.lowercased()), provided by \(provider.label.lowercasedFirst)")
        }
        switch isSupported {
        case .yes: reasons.append("Support comes with it")
        case .no: against.append("No support comes with it")
        case .notKnown: unknown.append("Ask whether support comes with it")
        }
        if !against.isEmpty {
            (verdict, self.reasons) = (.doesNotCount, against)
        } else if !unknown.isEmpty {
            (verdict, self.reasons) = (.ask, unknown)
        } else {
            (verdict, self.reasons) = (.counts, reasons)
        }
    }
}
