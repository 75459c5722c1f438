import Foundation
import Logging
import Postgres

/// Reads a return that has come, row by row, as whoever sent it: no role of the machine can read anybody's rows. One
/// piece at a time is in memory. When it is cut short, it is read again from the start at the press of a button.
struct ReturnReading: Sendable {
    let visit: Visit
    let id: UUID

    /// Whoever sent it goes on meanwhile. Of many some wait; who waits too long presses the button for it.
    func runBeside() {
        Task.detached {
            guard let place = await visit.services.readings.enter(visit.viewer.account) else { return }
            defer { place.leave() }
            await run()
        }
    }

    /// Reads it; what goes wrong beyond the file itself is in the log, and on the page that it stopped.
    func run() async {
        do {
            try await read()
        } catch {
            visit.services.logger.error("reading of a return stopped", metadata: ["why": "\(type(of: error))"])
        }
    }

    private struct Work {
        let one: DataReturn
        let call: DataCall
        let vault: ReturnVault
        let mapped: [String: [String: String]]
    }

    private func read() async throws {
        let found: Work? = try await visit.write { db in
            guard let one = try db.dataReturn(id), let call = try db.dataCall(one.call),
                let opened = try db.openReturn(one, visit), try db.beginReading(id, visit.signer) else { return nil }
            return Work(
                one: one, call: call, vault: opened.vault,
                mapped: try db.dataMappings(of: one.agency, call.specification.name))
        }
        guard let work = found else { return }
        do {
            try await readAll(work)
        } catch let told as FileProblem.Told {
            let words = try work.vault.seal(FileWords(found: told.found, columns: told.columns))
            try await visit.write { db in
                try db.setRefused(id, told.problem, words: words, visit.signer)
                try db.audit(.dataRefused, .evidence, id)
            }
        }
    }

    private func readAll(_ work: Work) async throws {
        let columns = work.call.specification.columns
        var reading: TableReading?
        for number in 1...work.one.parts {
            let sealed = try await visit.read { db in try db.part(number, of: id) }
            guard let sealed else { throw Refusal.notFound }
            let piece = try work.vault.open(sealed, part: number)
            if reading == nil {
                let layout = try FileLayout.find(
                    piece, columns, isUTF8: work.one.isUTF8).get()
                reading = TableReading(columns, layout, work.call.period, mapped: work.mapped)
            }
            guard var going = reading else { return }
            let rows: [ReadRow]
            do throws(FileProblem) {
                rows = try going.take(piece, isLast: number == work.one.parts)
            } catch {
                throw FileProblem.Told(error)
            }
            let before = reading?.profile.rows ?? 0
            reading = going
            let profile = going.profile
            try await visit.write { db in
                try db.addRows(rows, of: work.one.place, visit.signer)
                try db.setProgress(profile, after: before, of: id, visit.signer)
            }
        }
        guard let done = reading else { return }
        guard done.profile.rows > 0 else { throw FileProblem.Told(.noRows) }
        let words = try work.vault.seal(FileWords(unmapped: done.unmapped))
        try await visit.write { db in
            try db.setReceived(id, done.layout, done.profile, keyID: nil, words: words, visit.signer)
            try db.audit(.dataReceived, .evidence, id)
        }
    }
}
