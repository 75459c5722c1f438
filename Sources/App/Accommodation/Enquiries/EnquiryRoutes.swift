import Foundation
import Pages
import Postgres

extension Site {
    /// Who else asks a provider for a home, put down without a name: the part of the ledger that no case holds.
    mutating func addEnquiries() {
        get("units/enquiries", .needs(.manageUnits)) { visit in
            let before = Keyset(visit.query["before"]?.first)
            let (enquiries, services) = try await visit.read { db in
                (try db.enquiries(before: before, visit), try db.namedServices(visit))
            }
            return .page(enquiriesPage(enquiries, isFirst: before == nil, hasServices: !services.isEmpty, visit))
        }
        get("units/enquiries/new", .needs(.manageUnits)) { visit in
            let (services, areas, kept) = try await visit.puttingDown()
            var opening = Answers()
            opening.setDay("asked", visit.today)
            return .page(newEnquiryPage(services, areas, kept.over(opening), visit, notice: kept.notice(visit)))
        }
        post("units/enquiries/new", .needs(.manageUnits)) { visit in
            let (services, areas, _) = try await visit.puttingDown()
            var answers = visit.typed
            guard let form = EnquiryForm(&answers, services: services, areas: areas, today: visit.today) else {
                return .invalid(newEnquiryPage(services, areas, answers, visit))
            }
            let id = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/units/enquiries") { db in
                    try db.addEnquiry(id, form, visit)
                    try db.audit(.enquiryRecorded, .accommodation, form.service.id)
                }
            })
        }
        get("units/enquiries/:enquiry", .needs(.manageUnits)) { visit in
            let (enquiry, services, areas, kept) = try await visit.enquiry()
            return .page(changedEnquiryPage(
                enquiry, services, areas, kept.over(enquiry.answers), visit, notice: kept.notice(visit)))
        }
        post("units/enquiries/:enquiry", .needs(.manageUnits)) { visit in try await visit.changeEnquiry() }
    }
}

private func newEnquiryPage(
    _ services: [AccommodationService.Named], _ areas: [AreaChoice], _ answers: Answers, _ visit: Visit,
    notice: HTML? = nil
) -> Page {
    enquiryPage("Put down an enquiry", "/units/enquiries/new", services, areas, answers, visit, notice: notice)
}

private func changedEnquiryPage(
    _ enquiry: Enquiry, _ services: [AccommodationService.Named], _ areas: [AreaChoice], _ answers: Answers,
    _ visit: Visit, notice: HTML? = nil
) -> Page {
    enquiryPage("An enquiry", enquiry.path, services, areas, answers, visit, notice: notice)
}

extension Visit {
    fileprivate func puttingDown() async throws -> ([AccommodationService.Named], [AreaChoice], KeptAnswers) {
        try await read { db in (try db.namedServices(self), try db.areaChoices(), try db.keptAnswers(self)) }
    }

    fileprivate func enquiry() async throws -> (Enquiry, [AccommodationService.Named], [AreaChoice], KeptAnswers) {
        let id = try id("enquiry")
        return try await read { db in
            let (enquiry, all) = (try db.enquiry(id, self).orNotFound(), try db.namedServices(self))
            // It stays with its agency.
            let agency = all.first { $0.id == enquiry.service }?.agency
            return (enquiry, all.filter { $0.agency == agency }, try db.areaChoices(), try db.keptAnswers(self))
        }
    }

    fileprivate func changeEnquiry() async throws -> Reply {
        let (enquiry, services, areas, _) = try await enquiry()
        let version = try typed.version
        var answers = typed
        guard let form = EnquiryForm(&answers, services: services, areas: areas, today: today) else {
            return .invalid(changedEnquiryPage(enquiry, services, areas, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/units/enquiries") { db in
                    try db.change(enquiry, form, basedOn: version, self)
                    try db.audit(.enquiryRecorded, .accommodation, form.service.id)
                }
            })
        } catch is Overtaken {
            let (now, services, areas, _) = try await self.enquiry()
            var again = answers.again(over: now.version)
            again.refuse("state", "\(savedMeanwhile). It says now: \(now.state.label)")
            return .conflict(changedEnquiryPage(now, services, areas, again, self))
        }
    }
}
