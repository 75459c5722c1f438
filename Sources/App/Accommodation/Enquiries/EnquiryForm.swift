import Foundation
import Pages
import Postgres

/// An enquiry as it is put down: what was asked, and what came of it once that is known.
struct EnquiryForm: Equatable, Sendable {
    let service: AccommodationService.Named
    let askedOn: Day
    let route: EnquiryRoute
    let from: ComesFrom
    let adults: Int?
    let children: Int?
    let state: OfferState
    let reasons: GivenReasons
    let answeredOn: Day?

    init?(_ answers: inout Answers, services: [AccommodationService.Named], areas: [AreaChoice], today: Day) {
        let service = services.count == 1 ? services.first : services.first { $0.id.column == answers["service"] }
        if service == nil { answers.refuse("service", "Select which service was asked") }
        let asked = answers.pastDay(
            "asked", name: "The day", missing: "Enter the day on which it was asked", today: today)
        let route = EnquiryRoute.required("route", "Select who asked", in: &answers)
        from = ComesFrom(answers["from"], areas: areas)
        adults = answers["adults"].isEmpty ? nil
            : answers.number("adults", 1...10, "Enter how many adults would come, from 1 to 10")
        children = answers["children"].isEmpty ? nil
            : answers.number("children", 0...15, "Enter how many children would come, from 0 to 15")
        let state = OfferState.required("state", "Select what came of it", in: &answers)
        if let state, !OfferState.ofEnquiries.contains(state) { answers.refuse("state", "Select what came of it") }
        reasons = GivenReasons(&answers, for: state)
        answeredOn = state == .asked ? nil : answers.pastDay(
            "answered", name: "The day", missing: "Enter the day on which it was answered", today: today)
        if let asked, let answeredOn, answeredOn < asked {
            answers.refuse("answered", "It can’t have been answered before it was asked")
        }
        if state == .asked, !reasons.all.isEmpty {
            answers.refuse("reasons", "Reasons are for a no. Take them away, or select what came of it")
        }
        guard let service, let asked, let route, let state, answers.errors.isEmpty else { return nil }
        (self.service, self.askedOn, self.route, self.state) = (service, asked, route, state)
    }
}

extension Enquiry {
    /// The form as it opens on what is recorded.
    var answers: Answers {
        var answers = Answers()
        for (field, value) in [
            "service": service.column, "route": route.rawValue, "from": from.answer, "state": state.rawValue,
            "adults": adults.map(String.init) ?? "", "children": children.map(String.init) ?? "",
            "main": mainReason?.rawValue ?? "", "version": String(version),
        ] { answers.set(field, value) }
        answers.set("reasons", reasons.map(\.rawValue))
        answers.setDay("asked", askedOn)
        if let answeredOn { answers.setDay("answered", answeredOn) }
        return answers
    }
}
