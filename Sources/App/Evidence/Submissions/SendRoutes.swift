import Foundation
import Pages
import Postgres

extension Site {
    /// What a manager sends for an agency that a call asks.
    mutating func addDataSending() {
        get("team/data", .needs(.sendData)) { visit in
            let (calls, asked, returns) = try await visit.read { db in
                let calls = try db.dataCalls()
                return (calls, try db.askedAgencies(calls.map(\.id)), try db.dataReturns(calls.map(\.id)))
            }
            let mine = Set(visit.viewer.agencies(.sendData))
            let lines = calls.flatMap { call in
                CallStanding.all(
                    asked.filter { $0.call == call.id && mine.contains($0.agency.id) }.map(\.agency),
                    returns.filter { $0.call == call.id }).map { (call, $0) }
            }
            return .page(ownCallsPage(lines, visit))
        }
        get("team/data/:call", .needs(.sendData)) { visit in
            .page(ownCallPage(try await visit.sending(visit.query["agency"]?.first), visit))
        }
        get("team/data/:call/send", .needs(.sendData)) { visit in
            let sending = try await visit.sending(visit.query["agency"]?.first)
            guard sending.maySend(on: visit.today) else { throw Refusal.notFound }
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            return .page(sendDataPage(sending, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("team/data/:call/send", .needs(.sendData), largeFile: ReturnForm.file) { visit in
            ReturnReceiver(visit, try await visit.sendingAsTyped())
        } _: { visit in
            // Without a file: what was typed comes back, and asks for it.
            let sending = try await visit.sendingAsTyped()
            var answers = visit.typed
            _ = ReturnForm(&answers, isHealth: sending.agency.isHealth)
            answers.refuse(ReturnForm.file, "Choose the file")
            return .invalid(sendDataPage(sending, answers, visit))
        }
    }
}

extension Visit {
    /// A call that asks one of the viewer's agencies: the one that is named, else the first.
    fileprivate func sending(_ named: String?) async throws -> DataSending {
        let (call, standings) = try await callAndStandings()
        let mine = Set(viewer.agencies(.sendData))
        let own = standings.filter { mine.contains($0.agency.id) }
        let asked = named.flatMap { $0.isEmpty ? nil : $0 }
        let standing = try own.first { asked == nil || $0.agency.id.column == asked }.orNotFound()
        return DataSending(call: call, agency: standing.agency, standing: standing, agencies: own.map(\.agency))
    }

    /// The same as the form says, while something may be sent.
    fileprivate func sendingAsTyped() async throws -> DataSending {
        let first = try await sending(nil), agency = typed["agency"]
        // What no form of ours ever said.
        guard agency.isEmpty || first.agencies.contains(where: { $0.id.column == agency }) else {
            throw Refusal.unreadable
        }
        let sending = first.agency.id.column == agency || agency.isEmpty ? first : try await sending(agency)
        guard sending.maySend(on: today) else { throw Refusal.notFound }
        return sending
    }
}
