import Foundation
import Pages
import Postgres

extension Site {
    /// How a household travels to somewhere safe.
    mutating func addTravel() {
        get("cases/:id/housing/:request/travel", .needs(.seekHousing)) { visit in
            let (record, request, kept) = try await visit.travelling()
            let answers = kept.over(Travel.answers(request.travel))
            return .page(travelPage(record, request, answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/housing/:request/travel", .needs(.seekHousing)) { visit in try await visit.arrangeTravel() }
    }
}

private func travelPage(
    _ record: CaseRecord, _ request: HousingRequest, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    Page("Travel", caption: record.reference, errors: answers.errors, back: request.path, """
        \(notice)<p class="govuk-body">Don’t write down where they go: tell them, and whoever takes them, by voice.</p>
        \(visit.form(request.path + "/travel", answers, """
            \(GovUK.hidden("version", answers["version"]))
            \(GovUK.radios("how", legend: "How do they travel?", options: TravelMeans.options, small: true,
                           in: answers))
            \(GovUK.radios("payer", legend: "Who pays?", options: TravelPayer.options, small: true, in: answers))
            \(factField("booked", "Is it booked?", in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

extension Visit {
    fileprivate func travelling() async throws -> (CaseRecord, HousingRequest, KeptAnswers) {
        try await read { db in
            let record = try db.caseToHouse(id(), self, to: .seekHousing)
            let request = try db.housingRequest(id("request")).orNotFound()
            guard request.caseID == record.id else { throw Refusal.notFound }
            return (record, request, try db.keptAnswers(self))
        }
    }

    fileprivate func arrangeTravel() async throws -> Reply {
        let (record, request, _) = try await travelling()
        let version = try typed.version
        var answers = typed
        guard let form = TravelForm(&answers) else { return .invalid(travelPage(record, request, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: request.path) { db in
                    try db.arrange(form, for: request, of: record, basedOn: version, self)
                    try db.audit(.travelArranged, .case, record.id)
                }
            })
        } catch is Overtaken {
            let (record, now, _) = try await travelling()
            var again = answers.again(over: now.travel?.version ?? 0)
            again.refuse("how", "\(savedMeanwhile). It says now: \(now.travel?.line ?? "nothing")")
            return .conflict(travelPage(record, now, again, self))
        }
    }
}
