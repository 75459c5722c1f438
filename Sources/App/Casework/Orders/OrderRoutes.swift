import Foundation
import Pages
import Postgres

extension Site {
    mutating func addOrders() {
        get("cases/:id/orders", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let (record, contact, orders) = try await visit.write { db in
                let record = try db.ownCase(id, visit, to: .viewCases)
                try db.audit(.ordersViewed, .case, id)
                return (record, try db.safeContact(of: record.person, visit), try db.orders(of: id))
            }
            return .page(ordersPage(record, contact, orders, visit))
        }
        get("cases/:id/orders/new", .needs(.writeNotes)) { visit in
            let (record, kept) = try await visit.ordering()
            return .page(orderPage(record, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/orders/new", .needs(.writeNotes)) { visit in try await visit.addOrder() }
        get("cases/:id/orders/:order", .needs(.writeNotes)) { visit in
            let (record, order, kept) = try await visit.order()
            let answers = kept.over(order.now.terms.answers(version: order.now.version))
            return .page(orderChangePage(record, order, answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/orders/:order", .needs(.writeNotes)) { visit in try await visit.changeOrder() }
        get("cases/:id/orders/:order/breaches/new", .needs(.writeNotes)) { visit in
            let (record, order, kept) = try await visit.order()
            return .page(breachPage(record, order, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/orders/:order/breaches/new", .needs(.writeNotes)) { visit in try await visit.addBreach() }
    }
}

extension Visit {
    /// An open case on which an order may be recorded, and what the viewer has typed before.
    fileprivate func ordering() async throws -> (CaseRecord, KeptAnswers) {
        let id = try id()
        let (record, kept) = try await read { db in
            (try db.ownCase(id, self, to: .writeNotes), try db.keptAnswers(self))
        }
        guard record.isOpen else { throw Refusal.notFound }
        return (record, kept)
    }

    /// The orders of a closed case stay as they were.
    fileprivate func order() async throws -> (CaseRecord, LegalOrder, KeptAnswers) {
        let (id, orderID) = (try id(), try id("order"))
        let (record, order, kept) = try await read { db in
            (try db.ownCase(id, self, to: .writeNotes), try db.orders(of: id, only: orderID).first.orNotFound(),
             try db.keptAnswers(self))
        }
        guard record.isOpen else { throw Refusal.notFound }
        return (record, order, kept)
    }

    fileprivate func addOrder() async throws -> Reply {
        let (record, _) = try await ordering()
        var answers = typed
        guard let form = OrderForm(&answers, today: today) else { return .invalid(orderPage(record, answers, self)) }
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/cases/\(record.id.column)/orders") { db in
                let id = UUID()
                try db.addOrder(id, form, on: record, self)
                try db.proposeEnd(of: id, form.terms.term, before: nil, on: record, self)
                try db.note(.orderRecorded, on: record.id, agency: record.agency, subject: id, self)
                try db.audit(.orderRecorded, .case, record.id)
            }
        })
    }

    fileprivate func changeOrder() async throws -> Reply {
        let (record, order, _) = try await order()
        let version = try typed.version
        var answers = typed
        let terms = OrderTerms(&answers, isOther: order.kind == .other, today: today)
        // A second press, after the first has saved, is not one that changes nothing.
        if let terms, version == order.now.version, terms == order.now.terms {
            answers.refuse("applicant", "Nothing is changed yet. Change something, or go back")
        }
        guard let terms, !answers.areRefused else {
            return .invalid(orderChangePage(record, order, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/cases/\(record.id.column)/orders") { db in
                    try db.changeOrder(order.id, terms, basedOn: version, on: record, self)
                    try db.proposeEnd(
                        of: order.id, terms.term, before: order.now.terms.term, on: record, self)
                    try db.note(.orderChanged, on: record.id, agency: record.agency, subject: order.id, self)
                    try db.audit(.orderChanged, .case, record.id)
                }
            })
        } catch is Overtaken {
            return .conflict(orderConflictPage(record, try await self.order().1, answers, self))
        }
    }

    fileprivate func addBreach() async throws -> Reply {
        let (record, order, _) = try await order()
        var answers = typed
        guard let form = BreachForm(&answers, of: order, today: today) else {
            return .invalid(breachPage(record, order, answers, self))
        }
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/cases/\(record.id.column)/orders") { db in
                let id = UUID()
                try db.addBreach(id, form, of: order.id, on: record, self)
                try db.propose(NewRiskEvent(kind: .orderBreached, day: form.day), of: record.person,
                               agency: record.agency, self)
                try db.note(.orderBreached, on: record.id, agency: record.agency, subject: id, self)
                try db.audit(.orderBreached, .case, record.id)
            }
        })
    }
}
